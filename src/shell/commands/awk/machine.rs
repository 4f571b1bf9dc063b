//! Running a program over its input.

use crate::base::Map;
use crate::shell::commands::awk::state::State;
use crate::shell::commands::awk::syntax::{Expr, Program, Stmt, When};
use crate::shell::commands::awk::value::Value;
use crate::shell::commands::call::Call;
use crate::shell::commands::decimal::{self, ONE};
use crate::shell::commands::printf;
use crate::shell::commands::regex::Regex;
use crate::shell::commands::xargs;
use crate::shell::limits;
use crate::shell::sys_files::OpenMode;
use crate::shell::types::{Limit, NoteKind};

const STEPS: u32 = 1_000_000;
const CALLS: usize = 60;

/// Why statements did not run to their end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stop {
    /// `break`, `continue`, `next`, `exit` or `return`.
    Jump(&'static str),
    /// It failed, with this message.
    Fail(&'static str),
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
    program: &'a Program,
    /// What it keeps while it waits.
    pub state: &'a mut State,
    frames: Vec<Map<String, Local>>,
    out: String,
    steps: u32,
}

type Done = Result<(), Stop>;

impl<'a, 'b, 'c> Machine<'a, 'b, 'c> {
    /// A program that goes on from `state`.
    pub fn new(call: &'a mut Call<'b, 'c>, program: &'a Program, state: &'a mut State) -> Self {
        Machine { call, program, state, frames: Vec::new(), out: String::new(), steps: 0 }
    }

    /// Runs what comes before the input.
    pub fn begin(&mut self) -> Done {
        let result = self.rules(|when| matches!(when, When::Begin));
        self.flush();
        result
    }

    /// Runs what comes after the input, unless it failed; the exit code.
    pub fn end(&mut self, mut result: Done) -> i32 {
        if !matches!(result, Err(Stop::Fail(_))) {
            let end = self.rules(|when| matches!(when, When::End));
            result = if end.is_err() { end } else { result };
        }
        self.flush();
        self.close_all();
        match result {
            Err(Stop::Fail(message)) => self.call.fail(["cmd. line:1: ", message].concat()),
            Err(Stop::Jump("exit")) => self.state.given.int() as i32 & 255,
            _ => 0,
        }
    }

    fn rules(&mut self, wanted: fn(&When) -> bool) -> Done {
        let program = self.program;
        for (_, body) in program.rules.iter().filter(|(when, _)| wanted(when)) {
            match self.block(body) {
                Err(Stop::Jump("next")) => {}
                other => other?,
            }
        }
        Ok(())
    }

    /// Runs over the records that are there.
    pub fn input(&mut self) -> Done {
        while let Some(line) = self.state.take_record() {
            self.state.set_record(line);
            match self.record() {
                Ok(()) | Err(Stop::Jump("next")) => {}
                other => return other,
            }
        }
        self.flush();
        Ok(())
    }

    fn record(&mut self) -> Done {
        let program = self.program;
        for (at, (when, body)) in program.rules.iter().enumerate() {
            let runs = match when {
                When::Begin | When::End => false,
                When::Always => true,
                When::If(test) => self.eval(test)?.is_true(),
                When::Range(from, to) => {
                    let begins = self.state.inside[at] || self.eval(from)?.is_true();
                    self.state.inside[at] = begins && !self.eval(to)?.is_true();
                    begins
                }
            };
            if runs {
                self.block(body)?;
            }
        }
        Ok(())
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
                    self.state.arrays.entry(name).or_default().remove(&key);
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
            values.push(self.eval(item)?.text());
        }
        let text = if formatted {
            let (format, args) = values.split_first().ok_or(Stop::Fail("printf without format"))?;
            printf::once(format, args)
        } else if values.is_empty() {
            self.state.fields[0].clone() + &self.state.named("ORS")
        } else {
            values.join(&self.state.named("OFS")) + &self.state.named("ORS")
        };
        let Some((operator, file)) = to else {
            self.out.push_str(&text);
            return Ok(());
        };
        let file = self.eval(file)?.text();
        if *operator == "|" {
            let fd = self.piped(file)?;
            return self.call.sys.write(fd, text).map_err(|_| Stop::Fail("write error"));
        }
        let mode = if *operator == ">" { OpenMode::Write } else { OpenMode::Append };
        let known = self.state.written.get(&file).copied();
        let fd = match known {
            Some(fd) => fd,
            None => {
                self.flush();
                let open =
                    self.call.sys.open(&file, mode).map_err(|_| Stop::Fail("can't redirect"))?;
                let fd = self.call.sys.free_descriptor(3);
                self.call.sys.set_descriptor(fd, open);
                self.state.written.insert(file, fd);
                fd
            }
        };
        self.call.sys.write(fd, text).map_err(|_| Stop::Fail("write error"))
    }

    /// The descriptor of a pipe to a command, which is started when it is first written to.
    fn piped(&mut self, command: String) -> Result<u32, Stop> {
        if let Some(fd) = self.state.piped.get(&command) {
            return Ok(*fd);
        }
        self.flush();
        let sys = &mut *self.call.sys;
        let argv = ["sh", "-c", &command].map(str::to_string).to_vec();
        let pid = xargs::spawn(sys, argv).map_err(|_| Stop::Fail("can't redirect"))?;
        let (read, write) = sys.pipe();
        sys.as_child(pid, |child| {
            // A command that had the other pipes open too would keep them from ending.
            let others: Vec<u32> =
                child.me().descriptors.keys().copied().filter(|fd| *fd > 2).collect();
            others.into_iter().for_each(|fd| child.close(fd));
            child.set_descriptor(0, read);
        });
        let fd = sys.free_descriptor(3);
        sys.set_descriptor(fd, write);
        self.state.children.insert(pid);
        self.state.piped.insert(command, fd);
        Ok(fd)
    }

    /// `close(name)`
    pub fn close(&mut self, name: &str) {
        if let Some(fd) = self.state.written.remove(name).or_else(|| self.state.piped.remove(name))
        {
            self.call.sys.close(fd);
        }
        self.state.read.remove(name);
    }

    /// Closes what is written to, so that the commands come to their end.
    fn close_all(&mut self) {
        let (piped, written) = (&mut self.state.piped, &mut self.state.written);
        for (_, fd) in std::mem::take(piped).into_iter().chain(std::mem::take(written)) {
            self.call.sys.close(fd);
        }
    }

    fn flush(&mut self) {
        let out = std::mem::take(&mut self.out);
        self.call.out(out);
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
                self.state.arrays.entry(name).or_default().insert(key, value);
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
                let nth = self.eval(nth)?.int().max(0) as usize;
                self.state.fields.get(nth).map_or(Value::Unset, |text| Value::Input(text.clone()))
            }
            Expr::Var(name) => {
                let value = self.get(name);
                self.weigh(&value);
                value
            }
            Expr::Index(array, keys) => {
                let (name, key) = (self.array_name(array), self.key(keys)?);
                self.state.arrays.entry(name).or_default().entry(key).or_default().clone()
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
            Expr::Getline(target, file) => self.getline(target.as_deref(), file.as_deref())?,
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

    fn getline(&mut self, target: Option<&Expr>, file: Option<&Expr>) -> Result<Value, Stop> {
        let line = match file {
            None => self.state.take_record(),
            Some(file) => {
                let name = self.eval(file)?.text();
                if !self.state.read.contains_key(&name) {
                    let Ok(bytes) = self.call.sys.read_whole(&name) else {
                        return Ok(Value::Number(-ONE));
                    };
                    let mut lines = crate::shell::commands::whole::lines(&bytes);
                    lines.reverse();
                    self.state.read.insert(name.clone(), lines);
                }
                self.state.read.get_mut(&name).and_then(Vec::pop)
            }
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
