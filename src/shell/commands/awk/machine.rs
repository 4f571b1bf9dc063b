//! Running a program over its input.

use crate::base::Map;
use crate::shell::commands::awk::functions;
use crate::shell::commands::awk::state::{Phase, State};
use crate::shell::commands::awk::syntax::{Expr, Program, Stmt, When};
use crate::shell::commands::awk::value::Value;
use crate::shell::commands::awk::world::{Told, World};
use crate::shell::commands::call::Call;
use crate::shell::commands::decimal::{self, ONE};
use crate::shell::commands::regex::Regex;
use crate::shell::limits;
use crate::shell::process::State as Doing;
use crate::shell::sys_files::OpenMode;
use crate::shell::types::{Limit, NoteKind, Pid};

const STEPS: u32 = 1_000_000;
const CALLS: usize = 60;

/// Why statements did not run to their end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stop {
    /// `break`, `continue`, `next`, `exit` or `return`.
    Jump(&'static str),
    /// It failed, with this message.
    Fail(&'static str),
    /// It has to wait, and is then run once more.
    Wait(Doing),
}

/// A variable of a function: a value, or the array of this name.
#[derive(Clone, Debug)]
enum Local {
    Value(Value),
    Array(String),
}

/// A program that runs, for as long as its process is at work.
pub struct Machine<'a, 'b, 'c> {
    /// The process it runs in.
    pub call: &'a mut Call<'b, 'c>,
    /// The program.
    pub program: &'a Program,
    /// What it keeps while it waits.
    pub state: &'a mut State,
    /// What it has done to the world.
    pub world: &'a mut World,
    frames: Vec<Map<String, Local>>,
    out: String,
    steps: u32,
}

type Done = Result<(), Stop>;

impl<'a, 'b, 'c> Machine<'a, 'b, 'c> {
    /// A program that goes on from `state`.
    pub fn new(
        call: &'a mut Call<'b, 'c>,
        program: &'a Program,
        state: &'a mut State,
        world: &'a mut World,
    ) -> Self {
        Machine { call, program, state, world, frames: Vec::new(), out: String::new(), steps: 0 }
    }

    /// Runs until more input is needed; `Some` is the exit code.
    ///
    /// Errors: it has to wait for a command.
    pub fn drive(&mut self) -> Result<Option<i32>, Doing> {
        loop {
            let result = match self.state.place.phase {
                Phase::Over => return Ok(Some(self.state.place.code)),
                Phase::Input => match self.state.take_record() {
                    Some(line) => {
                        self.state.set_record(line);
                        self.state.place.go(Phase::Record);
                        continue;
                    }
                    None if self.state.ended => Ok(()),
                    None => {
                        self.flush();
                        return Ok(None);
                    }
                },
                _ => self.rules(),
            };
            self.arrive(result)?;
        }
    }

    /// Goes on to the next phase with what came of the one before.
    fn arrive(&mut self, result: Done) -> Result<(), Doing> {
        let phase = self.state.place.phase;
        let next = match (result, phase) {
            (Err(Stop::Wait(doing)), _) => {
                self.flush();
                return Err(doing);
            }
            (Err(Stop::Fail(message)), _) => {
                self.flush();
                self.state.place.code = self.call.fail(["cmd. line:1: ", message].concat());
                Phase::Over
            }
            (Err(Stop::Jump("next")) | Ok(()), Phase::Begin | Phase::Record) => Phase::Input,
            (Err(Stop::Jump(word)), _) => {
                if word == "exit" {
                    self.state.place.code = self.state.given.int() as i32 & 255;
                }
                if phase == Phase::End { Phase::Over } else { Phase::End }
            }
            (Ok(()), Phase::Input) => Phase::End,
            (Ok(()), _) => Phase::Over,
        };
        self.state.place.go(next);
        if next == Phase::Over {
            self.flush();
            self.close_all();
        }
        Ok(())
    }

    /// Runs the rules of this phase from where it is.
    fn rules(&mut self) -> Done {
        let program = self.program;
        while let Some((when, body)) = program.rules.get(self.state.place.rule) {
            if self.state.place.step == 0 && !self.is_due(when)? {
                self.state.place.rule += 1;
                continue;
            }
            self.state.place.step = self.state.place.step.max(1);
            while let Some(statement) = body.get(self.state.place.step - 1) {
                match self.statement(statement) {
                    Err(Stop::Jump("next")) if self.state.place.phase != Phase::Record => break,
                    other => other?,
                }
                self.state.place.step += 1;
            }
            (self.state.place.rule, self.state.place.step) = (self.state.place.rule + 1, 0);
        }
        Ok(())
    }

    /// Whether a rule runs now.
    fn is_due(&mut self, when: &When) -> Result<bool, Stop> {
        match (when, self.state.place.phase) {
            (When::Begin, phase) => Ok(phase == Phase::Begin),
            (When::End, phase) => Ok(phase == Phase::End),
            (_, Phase::Begin | Phase::End) => Ok(false),
            (When::Always, _) => Ok(true),
            (When::If(_) | When::Range(..), _) if self.program.asks => {
                self.attempt(|machine| machine.test(when))
            }
            _ => self.test(when),
        }
    }

    fn test(&mut self, when: &When) -> Result<bool, Stop> {
        let at = self.state.place.rule;
        Ok(match when {
            When::If(test) => self.eval(test)?.is_true(),
            When::Range(from, to) => {
                let begins = self.state.inside[at] || self.eval(from)?.is_true();
                self.state.inside[at] = begins && !self.eval(to)?.is_true();
                begins
            }
            _ => false,
        })
    }

    /// Counts work that grows with a text as steps.
    fn weigh(&mut self, text: &Value) {
        if let Value::Text(text) | Value::Input(text) = text {
            self.steps = self.steps.saturating_add(text.len() as u32 / 64);
        }
    }

    fn tick(&mut self) -> Done {
        self.steps += 1;
        self.call.sys.spend(1);
        if self.steps > STEPS || self.out.len() > limits::OUTPUT_BYTES {
            self.call.sys.note(NoteKind::Limit(Limit::Output));
            return Err(Stop::Fail("it ran too long for this simulator"));
        }
        Ok(())
    }

    fn block(&mut self, body: &[Stmt]) -> Done {
        body.iter().try_for_each(|statement| self.statement(statement))
    }

    fn statement(&mut self, statement: &Stmt) -> Done {
        self.tick()?;
        match statement {
            Stmt::Asking(inner) if self.program.asks && !self.world.is_attempt() => {
                self.attempt(|machine| machine.statement(inner))
            }
            Stmt::Asking(inner) => self.statement(inner),
            Stmt::Expr(expr) => self.eval(expr).map(|_| ()),
            Stmt::Print(formatted, items, to) => self.print(*formatted, items, to.as_ref()),
            Stmt::If(test, then, otherwise) => {
                let body = if self.eval(test)?.is_true() { then } else { otherwise };
                self.block(body)
            }
            Stmt::While(test, body, first, step) => self.repeat(test.as_ref(), body, *first, step),
            Stmt::ForIn(var, array, body) => {
                let array = self.array_name(array);
                let keys: Vec<String> = self
                    .state
                    .arrays
                    .get(&array)
                    .map(|a| a.keys().cloned().collect())
                    .unwrap_or_default();
                for key in keys {
                    self.assign(&Expr::Var(var.clone()), Value::Input(key))?;
                    if self.turn(body)? {
                        break;
                    }
                }
                Ok(())
            }
            Stmt::Jump(word, value) => {
                if let Some(value) = value {
                    self.state.given = self.eval(value)?;
                } else if *word == "return" {
                    self.state.given = Value::Unset;
                }
                Err(Stop::Jump(word))
            }
            Stmt::Delete(array, keys) => {
                let name = self.array_name(array);
                if keys.is_empty() {
                    self.state.arrays.remove(&name);
                } else {
                    let key = self.key(keys)?;
                    self.state.array_mut(name).remove(&key);
                }
                Ok(())
            }
        }
    }

    /// One turn of a loop; whether it was the last.
    fn turn(&mut self, body: &[Stmt]) -> Result<bool, Stop> {
        match self.block(body) {
            Err(Stop::Jump("break")) => Ok(true),
            Err(Stop::Jump("continue")) | Ok(()) => Ok(false),
            Err(other) => Err(other),
        }
    }

    fn repeat(&mut self, test: Option<&Expr>, body: &[Stmt], first: bool, step: &[Stmt]) -> Done {
        let mut free = first;
        loop {
            self.tick()?;
            if let Some(test) = test.filter(|_| !std::mem::take(&mut free))
                && !self.eval(test)?.is_true()
            {
                return Ok(());
            }
            if self.turn(body)? {
                return Ok(());
            }
            self.block(step)?;
        }
    }

    fn print(&mut self, formatted: bool, items: &[Expr], to: Option<&(&str, Expr)>) -> Done {
        let mut values = Vec::new();
        for item in items {
            values.push(self.eval(item)?);
        }
        let text = if formatted {
            functions::formatted(&values)
        } else if values.is_empty() {
            self.state.fields[0].clone() + &self.state.named("ORS")
        } else {
            let texts: Vec<String> = values.iter().map(Value::text).collect();
            texts.join(&self.state.named("OFS")) + &self.state.named("ORS")
        };
        let Some((operator, file)) = to else {
            self.out.push_str(&text);
            return Ok(());
        };
        let file = self.eval(file)?.text();
        if *operator == "|" {
            let fd = self.piped(file)?;
            return self.put(fd, text);
        }
        let append = *operator != ">";
        let fd = self.written(file, append)?;
        self.put(fd, text)
    }

    /// The descriptor of a file that is written, which is opened when it is first written to.
    fn written(&mut self, file: String, append: bool) -> Result<u32, Stop> {
        if let Some(fd) = self.state.written.get(&file) {
            return Ok(*fd);
        }
        let mode = if append { OpenMode::Append } else { OpenMode::Write };
        self.flush_now();
        let fd = self.number_of(|machine| {
            let open =
                machine.call.sys.open(&file, mode).map_err(|_| Stop::Fail("can't redirect"))?;
            let fd = machine.call.sys.free_descriptor(3);
            machine.call.sys.set_descriptor(fd, open);
            Ok(fd.into())
        })? as u32;
        self.state.written.insert(file, fd);
        Ok(fd)
    }

    fn put(&mut self, fd: u32, text: String) -> Done {
        self.number_of(|machine| {
            let written = machine.call.sys.write(fd, text);
            written.map(|()| 0).map_err(|_| Stop::Fail("write error"))
        })
        .map(|_| ())
    }

    /// The descriptor of a pipe to a command, which is started when it is first written to.
    fn piped(&mut self, command: String) -> Result<u32, Stop> {
        if let Some((fd, _)) = self.state.piped.get(&command) {
            return Ok(*fd);
        }
        self.flush_now();
        let pid = self.number_of(|machine| {
            let (read, write) = machine.call.sys.pipe();
            let pid = machine.start(&command, Some((0, read)))?;
            let fd = machine.call.sys.free_descriptor(3);
            machine.call.sys.set_descriptor(fd, write);
            Ok(i64::from(pid.0) << 32 | i64::from(fd))
        })?;
        let (fd, pid) = (pid as u32, Pid((pid >> 32) as u32));
        self.state.piped.insert(command, (fd, pid));
        Ok(fd)
    }

    /// Closes what is open, so that the commands come to their end.
    fn close_all(&mut self) {
        let (piped, written) = (&mut self.state.piped, &mut self.state.written);
        let piped = std::mem::take(piped).into_values().map(|(fd, _)| fd);
        for fd in piped.chain(std::mem::take(written).into_values()) {
            self.call.sys.close(fd);
        }
        self.world.close_all(self.call.sys);
    }

    /// Writes what was printed, unless this is a statement that may be run once more: that does it
    /// with what it does to the world.
    pub fn flush_now(&mut self) {
        if !self.world.is_attempt() {
            self.flush();
        }
    }

    /// Writes what was printed.
    pub fn flush(&mut self) {
        let out = std::mem::take(&mut self.out);
        if !out.is_empty() {
            self.call.out(out);
        }
    }

    /// Whether something was printed and not written.
    pub fn has_output(&self) -> bool {
        !self.out.is_empty()
    }

    /// Forgets what was printed.
    pub fn drop_output(&mut self) {
        self.out.clear();
    }

    /// Forgets how far the statement is.
    pub fn reset(&mut self) {
        self.frames.clear();
        self.out.clear();
    }

    /// The name of the array a name means here.
    pub fn array_name(&mut self, name: &str) -> String {
        let depth = self.frames.len();
        let Some(frame) = self.frames.last_mut() else { return name.to_string() };
        match frame.get(name) {
            Some(Local::Array(global)) => global.clone(),
            Some(Local::Value(_)) => {
                let own = format!("{depth} {name}");
                frame.insert(name.to_string(), Local::Array(own.clone()));
                own
            }
            None => name.to_string(),
        }
    }

    fn key(&mut self, keys: &[Expr]) -> Result<String, Stop> {
        let mut parts = Vec::new();
        for key in keys {
            parts.push(self.eval(key)?.text());
        }
        Ok(parts.join(&self.state.named("SUBSEP")))
    }

    fn get(&mut self, name: &str) -> Value {
        match self.frames.last().and_then(|frame| frame.get(name)) {
            Some(Local::Value(value)) => value.clone(),
            Some(Local::Array(_)) => Value::Unset,
            None if name == "NF" => Value::whole(self.state.fields.len() - 1),
            None => self.state.vars.get(name).cloned().unwrap_or_default(),
        }
    }

    /// Sets what an expression means.
    pub fn assign(&mut self, target: &Expr, value: Value) -> Done {
        match target {
            Expr::Group(inner) => self.assign(inner, value)?,
            Expr::Var(name) => match self.frames.last_mut().and_then(|f| f.get_mut(name)) {
                Some(local) => *local = Local::Value(value),
                None if name == "NF" => {
                    let count = value.int().clamp(0, 10_000) as usize;
                    self.state.fields.resize(count + 1, String::new());
                    self.state.rebuild();
                }
                None => drop(self.state.vars.insert(name.clone(), value)),
            },
            Expr::Index(array, keys) => {
                let (name, key) = (self.array_name(array), self.key(keys)?);
                self.state.array_mut(name).insert(key, value);
            }
            Expr::Field(nth) => {
                let nth = self.eval(nth)?.int().clamp(0, 10_000) as usize;
                if nth == 0 {
                    self.state.set_record(value.text());
                } else {
                    if nth >= self.state.fields.len() {
                        self.state.fields.resize(nth + 1, String::new());
                    }
                    self.state.fields[nth] = value.text();
                    self.state.rebuild();
                }
            }
            _ => return Err(Stop::Fail("not a variable")),
        }
        Ok(())
    }

    /// The value of an expression.
    pub fn eval(&mut self, expr: &Expr) -> Result<Value, Stop> {
        Ok(match expr {
            Expr::Number(number) => Value::Number(*number),
            Expr::Text(text) => Value::Text(text.clone()),
            Expr::Regex(regex) => Value::truth(regex.is_match(&self.state.fields[0])),
            Expr::Group(inner) => self.eval(inner)?,
            Expr::Field(nth) => {
                let nth = self.eval(nth)?.int();
                let nth =
                    usize::try_from(nth).map_err(|_| Stop::Fail("Access to negative field"))?;
                self.state.fields.get(nth).map_or(Value::Unset, |text| Value::Input(text.clone()))
            }
            Expr::Var(name) => {
                let value = self.get(name);
                self.weigh(&value);
                value
            }
            Expr::Index(array, keys) => {
                let (name, key) = (self.array_name(array), self.key(keys)?);
                match self.state.arrays.get(&name).and_then(|array| array.get(&key)) {
                    Some(value) => value.clone(),
                    None => self.state.array_mut(name).entry(key).or_default().clone(),
                }
            }
            Expr::Assign(target, op, value) => {
                let mut value = self.eval(value)?;
                if !op.is_empty() {
                    value = apply(op, &self.eval(target)?, &value)?;
                }
                self.assign(target, value.clone())?;
                value
            }
            Expr::Choose(test, yes, no) => {
                let chosen = if self.eval(test)?.is_true() { yes } else { no };
                self.eval(chosen)?
            }
            Expr::Binary(op, a, b) => self.binary(op, a, b)?,
            Expr::Unary(op, inner) => {
                let value = self.eval(inner)?;
                match *op {
                    "!" => Value::truth(!value.is_true()),
                    "-" => Value::Number(-value.number()),
                    _ => Value::Number(value.number()),
                }
            }
            Expr::Step(target, by, before) => {
                let old = self.eval(target)?.number();
                self.assign(target, Value::Number(old + by))?;
                Value::Number(if *before { old + by } else { old })
            }
            Expr::In(keys, array) => {
                let (name, key) = (self.array_name(array), self.key(keys)?);
                Value::truth(self.state.arrays.get(&name).is_some_and(|a| a.contains_key(&key)))
            }
            Expr::Call(name, args) => self.function(name, args)?,
            Expr::Getline(target, file) => {
                let name = file.as_ref().map(|file| self.eval(file)).transpose()?;
                self.getline(target.as_deref(), name.map(|name| (name.text(), false)))?
            }
            Expr::Command(command, target) => {
                let command = self.eval(command)?.text();
                self.getline(target.as_deref(), Some((command, true)))?
            }
        })
    }

    fn binary(&mut self, op: &'static str, a: &Expr, b: &Expr) -> Result<Value, Stop> {
        let left = self.eval(a)?;
        match op {
            "&&" => return Ok(Value::truth(left.is_true() && self.eval(b)?.is_true())),
            "||" => return Ok(Value::truth(left.is_true() || self.eval(b)?.is_true())),
            "~" | "!~" => {
                let found = self.regex(b)?.is_match(&left.text());
                return Ok(Value::truth(found == (op == "~")));
            }
            _ => {}
        }
        let right = self.eval(b)?;
        self.weigh(&left);
        self.weigh(&right);
        apply(op, &left, &right)
    }

    /// The regular expression an argument is.
    pub fn regex(&mut self, expr: &Expr) -> Result<Regex, Stop> {
        if let Expr::Regex(regex) = expr {
            return Ok(regex.clone());
        }
        let source = self.eval(expr)?.text();
        Regex::new(&source, true, false).ok_or(Stop::Fail("bad regex"))
    }

    fn function(&mut self, name: &str, args: &[Expr]) -> Result<Value, Stop> {
        self.tick()?;
        let program = self.program;
        let Some((_, params, body)) = program.functions.iter().find(|(n, ..)| n == name) else {
            return self.builtin(name, args);
        };
        if self.frames.len() >= CALLS {
            self.call.sys.note(NoteKind::Limit(Limit::Depth));
            return Err(Stop::Fail("nesting too deep"));
        }
        let mut frame = Map::default();
        for (at, param) in params.iter().enumerate() {
            let value = match args.get(at) {
                None => Local::Value(Value::Unset),
                Some(Expr::Var(array)) if self.is_array(array) || self.is_unset(array) => {
                    Local::Array(self.array_name(array))
                }
                Some(arg) => Local::Value(self.eval(arg)?),
            };
            frame.insert(param.clone(), value);
        }
        for unused in args.iter().skip(params.len()) {
            self.eval(unused)?;
        }
        self.frames.push(frame);
        self.state.given = Value::Unset;
        let result = self.block(body);
        let own = format!("{} ", self.frames.len());
        self.frames.pop();
        self.state.arrays.retain(|name, _| !name.starts_with(&own));
        match result {
            Err(Stop::Jump("return")) => Ok(std::mem::take(&mut self.state.given)),
            Err(other) => Err(other),
            Ok(()) => Ok(Value::Unset),
        }
    }

    /// Whether it may still become an array.
    fn is_unset(&self, name: &str) -> bool {
        self.frames.is_empty() && name != "NF" && !self.state.vars.contains_key(name)
    }

    fn is_array(&self, name: &str) -> bool {
        match self.frames.last().and_then(|frame| frame.get(name)) {
            Some(local) => matches!(local, Local::Array(_)),
            None => self.state.arrays.contains_key(name),
        }
    }

    /// The next line of the input, or of a file or (the flag) command.
    fn getline(
        &mut self,
        target: Option<&Expr>,
        from: Option<(String, bool)>,
    ) -> Result<Value, Stop> {
        self.tick()?;
        let line = match from {
            None => self.state.take_record(),
            Some((name, is_command)) => match self.line_of(&name, is_command)? {
                Told::Line(line) => line,
                _ => return Ok(Value::Number(-ONE)),
            },
        };
        let Some(line) = line else { return Ok(Value::Number(0)) };
        match target {
            Some(target) => self.assign(target, Value::Input(line))?,
            None => self.state.set_record(line),
        }
        Ok(Value::truth(true))
    }
}

fn apply(op: &str, a: &Value, b: &Value) -> Result<Value, Stop> {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let order = || a.compare(b);
    let (x, y) = (a.number(), b.number());
    Ok(match op {
        "" => {
            let text = a.text() + &b.text();
            if text.len() > limits::TEXT_BYTES {
                return Err(Stop::Fail("text too long"));
            }
            Value::Text(text)
        }
        "<" => Value::truth(order() == Less),
        "<=" => Value::truth(order() != Greater),
        "==" => Value::truth(order() == Equal),
        "!=" => Value::truth(order() != Equal),
        ">" => Value::truth(order() == Greater),
        ">=" => Value::truth(order() != Less),
        "+" => Value::Number(x.saturating_add(y)),
        "-" => Value::Number(x.saturating_sub(y)),
        "*" => Value::Number(decimal::times(x, y)),
        "/" => Value::Number(decimal::over(x, y).ok_or(Stop::Fail("Division by zero"))?),
        "%" => Value::Number(x.checked_rem(y).ok_or(Stop::Fail("Division by zero"))?),
        _ => Value::Number(power(x, b.int())),
    })
}

fn power(base: i128, exponent: i64) -> i128 {
    let mut result = ONE;
    for _ in 0..exponent.unsigned_abs().min(200) {
        result = decimal::times(result, base);
    }
    if exponent < 0 { decimal::over(ONE, result).unwrap_or(0) } else { result }
}
