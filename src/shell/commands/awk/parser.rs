//! From tokens to the tree.

use crate::shell::commands::awk::lexer::{Token, tokens};
use crate::shell::commands::awk::syntax::{Expr, Program, Stmt, When};
use crate::shell::commands::decimal::{self, ONE};
use crate::shell::commands::regex::{Regex, bad_regex};
use crate::shell::limits;

/// Parses a program. Errors: what is wrong with it.
pub fn parse(text: &str) -> Result<Program, String> {
    let unexpected = |line| format!("cmd. line:{line}: Unexpected token");
    let tokens = tokens(text).ok_or_else(|| unexpected(1))?;
    let mut parser = Parser { tokens, ..Parser::default() };
    match parser.program() {
        Some(program) => Ok(Program { waits: parser.waits, asks: parser.asks, ..program }),
        None => Err(parser.wrong.take().unwrap_or_else(|| {
            let read = &parser.tokens[..parser.at.min(parser.tokens.len())];
            unexpected(1 + read.iter().filter(|token| **token == Token::Op("\n")).count())
        })),
    }
}

#[derive(Default)]
struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    /// In `print a > b` the `>` is no comparison.
    no_greater: bool,
    /// In `for (a in b)` the `in` is no operator.
    no_in: bool,
    /// A `getline` without a file was met.
    waits: bool,
    /// Something was met that waits for commands.
    asks: bool,
    /// What is wrong with a regular expression.
    wrong: Option<String>,
    /// How often that, or a function that may do so.
    asked: usize,
}

type Parsed = Option<Expr>;

/// Binary operators from weak to strong; the empty one is concatenation.
const LEVELS: [&[&str]; 8] = [
    &["||"],
    &["&&"],
    &["in"],
    &["~", "!~"],
    &["<", "<=", "!=", "==", ">", ">="],
    &[""],
    &["+", "-"],
    &["*", "/", "%"],
];

const ASSIGNMENTS: [(&str, &str); 7] =
    [("=", ""), ("+=", "+"), ("-=", "-"), ("*=", "*"), ("/=", "/"), ("%=", "%"), ("^=", "^")];

impl Parser {
    fn peek(&self) -> &Token {
        self.tokens.get(self.at).unwrap_or(&Token::End)
    }

    fn is(&self, op: &str) -> bool {
        matches!(self.peek(), Token::Op(o) if *o == op)
    }

    fn is_name(&self, name: &str) -> bool {
        matches!(self.peek(), Token::Name(n, _) if n == name)
    }

    fn eat(&mut self, op: &str) -> bool {
        let found = self.is(op) || self.is_name(op);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, op: &str) -> Option<()> {
        self.eat(op).then_some(())
    }

    fn newlines(&mut self) {
        while self.eat("\n") || self.eat(";") {}
    }

    fn lines(&mut self) {
        while self.eat("\n") {}
    }

    fn name(&mut self) -> Option<String> {
        let Token::Name(name, _) = self.peek().clone() else { return None };
        self.at += 1;
        Some(name)
    }

    fn program(&mut self) -> Option<Program> {
        let mut program = Program::default();
        loop {
            self.newlines();
            if *self.peek() == Token::End {
                return Some(program);
            }
            if self.eat("function") || self.eat("func") {
                let function = self.function()?;
                program.functions.push(function);
                continue;
            }
            let when = if self.eat("BEGIN") {
                When::Begin
            } else if self.eat("END") {
                When::End
            } else if self.is("{") {
                When::Always
            } else {
                let first = self.expr()?;
                if self.eat(",") {
                    self.lines();
                    When::Range(first, self.expr()?)
                } else {
                    When::If(first)
                }
            };
            let body = if self.is("{") {
                self.block()?
            } else {
                vec![Stmt::Print(false, Vec::new(), None)]
            };
            program.rules.push((when, body));
        }
    }

    fn function(&mut self) -> Option<(String, Vec<String>, Vec<Stmt>)> {
        let name = self.name()?;
        self.expect("(")?;
        let mut params = Vec::new();
        while !self.eat(")") {
            params.push(self.name()?);
            if !self.eat(",") {
                self.expect(")")?;
                break;
            }
            matches!(self.peek(), Token::Name(..)).then_some(())?;
        }
        self.lines();
        Some((name, params, self.block()?))
    }

    fn block(&mut self) -> Option<Vec<Stmt>> {
        self.expect("{")?;
        let mut body = Vec::new();
        loop {
            self.newlines();
            if self.eat("}") {
                return Some(body);
            }
            body.extend(self.statement()?);
        }
    }

    /// The body of an `if` or a loop.
    fn body(&mut self) -> Option<Vec<Stmt>> {
        self.lines();
        if self.eat(";") {
            return Some(Vec::new());
        }
        self.statement()
    }

    fn statement(&mut self) -> Option<Vec<Stmt>> {
        self.depth += 1;
        let asked = self.asked;
        let statement = if self.depth > limits::ARITH_DEPTH { None } else { self.any_statement() };
        self.depth -= 1;
        let wrapped = |statement| match statement {
            Stmt::Asking(_) => statement,
            statement => Stmt::Asking(Box::new(statement)),
        };
        match self.asked > asked {
            true => statement.map(|all| all.into_iter().map(wrapped).collect()),
            false => statement,
        }
    }

    fn any_statement(&mut self) -> Option<Vec<Stmt>> {
        if self.is("{") {
            return self.block();
        }
        let statement = match self.peek().clone() {
            Token::Name(name, _) => match name.as_str() {
                "if" => return self.if_statement(),
                "while" => return self.while_statement(),
                "for" => return self.for_statement(),
                "do" => self.do_statement()?,
                _ => self.simple()?,
            },
            _ => self.simple()?,
        };
        if !self.is("}") {
            (self.eat(";") || self.eat("\n") || *self.peek() == Token::End).then_some(())?;
        }
        Some(vec![statement])
    }

    fn if_statement(&mut self) -> Option<Vec<Stmt>> {
        self.at += 1;
        let test = self.parens()?;
        let then = self.body()?;
        let back = self.at;
        self.newlines();
        let mut otherwise = Vec::new();
        if self.eat("else") {
            otherwise = self.body()?;
        } else {
            self.at = back;
        }
        Some(vec![Stmt::If(test, then, otherwise)])
    }

    fn while_statement(&mut self) -> Option<Vec<Stmt>> {
        self.at += 1;
        let test = self.parens()?;
        Some(vec![Stmt::While(Some(test), self.body()?, false, Vec::new())])
    }

    fn do_statement(&mut self) -> Option<Stmt> {
        self.at += 1;
        let body = self.body()?;
        self.newlines();
        self.expect("while")?;
        Some(Stmt::While(Some(self.parens()?), body, true, Vec::new()))
    }

    fn for_statement(&mut self) -> Option<Vec<Stmt>> {
        self.at += 1;
        self.expect("(")?;
        if let [Token::Name(var, _), Token::Name(word, _), Token::Name(array, _), Token::Op(")")] =
            &self.tokens[self.at..(self.at + 4).min(self.tokens.len())]
            && word == "in"
        {
            let (var, array) = (var.clone(), array.clone());
            self.at += 4;
            return Some(vec![Stmt::ForIn(var, array, self.body()?)]);
        }
        let mut all = Vec::new();
        if !self.is(";") {
            all.push(self.simple()?);
        }
        self.expect(";")?;
        self.lines();
        let test = if self.is(";") { None } else { Some(self.expr()?) };
        self.expect(";")?;
        self.lines();
        let step = if self.is(")") { Vec::new() } else { vec![self.simple()?] };
        self.expect(")")?;
        all.push(Stmt::While(test, self.body()?, false, step));
        Some(all)
    }

    fn parens(&mut self) -> Parsed {
        self.expect("(")?;
        let inner = self.expr()?;
        self.expect(")")?;
        Some(inner)
    }

    fn simple(&mut self) -> Option<Stmt> {
        let Token::Name(name, _) = self.peek().clone() else {
            return Some(Stmt::Expr(self.expr()?));
        };
        self.at += 1;
        match name.as_str() {
            "print" | "printf" => self.print(name == "printf"),
            "break" => Some(Stmt::Jump("break", None)),
            "continue" => Some(Stmt::Jump("continue", None)),
            "next" | "nextfile" => Some(Stmt::Jump("next", None)),
            "exit" | "return" => {
                let word = if name == "exit" { "exit" } else { "return" };
                let value = if self.at_end() { None } else { Some(self.expr()?) };
                Some(Stmt::Jump(word, value))
            }
            "delete" => {
                let array = self.name()?;
                let mut keys = Vec::new();
                if self.eat("[") {
                    keys = self.list("]")?;
                }
                Some(Stmt::Delete(array, keys))
            }
            _ => {
                self.at -= 1;
                Some(Stmt::Expr(self.expr()?))
            }
        }
    }

    fn at_end(&self) -> bool {
        *self.peek() == Token::End || ["}", ";", "\n", ")"].iter().any(|op| self.is(op))
    }

    fn print(&mut self, formatted: bool) -> Option<Stmt> {
        let before = std::mem::replace(&mut self.no_greater, true);
        let mut items = Vec::new();
        while !self.at_end() && !self.is(">") && !self.is(">>") && !self.is("|") {
            items.push(self.expr()?);
            if !self.eat(",") {
                break;
            }
            self.lines();
        }
        if let [Expr::Call(name, grouped)] = items.as_slice()
            && name.is_empty()
        {
            items = grouped.clone();
        }
        let to = [">>", ">", "|"].into_iter().find(|op| self.eat(op));
        let to = match to {
            Some(op) => Some((op, self.binary(5)?)),
            None => None,
        };
        self.no_greater = before;
        Some(Stmt::Print(formatted, items, to))
    }

    /// Expressions up to a closing mark, which is taken.
    fn list(&mut self, close: &str) -> Option<Vec<Expr>> {
        let saved = (self.no_greater, self.no_in);
        (self.no_greater, self.no_in) = (false, false);
        let mut items = Vec::new();
        self.lines();
        while !self.eat(close) {
            items.push(self.expr()?);
            self.lines();
            if !self.eat(",") {
                self.expect(close)?;
                break;
            }
            self.lines();
        }
        (self.no_greater, self.no_in) = saved;
        Some(items)
    }

    fn expr(&mut self) -> Parsed {
        self.depth += 1;
        if self.depth > limits::ARITH_DEPTH {
            return None;
        }
        let left = self.choose()?;
        let lvalue = matches!(left, Expr::Var(_) | Expr::Field(_) | Expr::Index(..));
        let assign = ASSIGNMENTS.iter().find(|(op, _)| self.is(op)).filter(|_| lvalue);
        let result = match assign {
            Some((_, op)) => {
                self.at += 1;
                self.lines();
                Expr::Assign(Box::new(left), op, Box::new(self.expr()?))
            }
            None => left,
        };
        self.depth -= 1;
        Some(result)
    }

    fn choose(&mut self) -> Parsed {
        let test = self.binary(0)?;
        if !self.eat("?") {
            return Some(test);
        }
        self.lines();
        let yes = self.expr()?;
        self.lines();
        self.expect(":")?;
        self.lines();
        Some(Expr::Choose(Box::new(test), Box::new(yes), Box::new(self.expr()?)))
    }

    fn operator(&self, level: usize) -> Option<&'static str> {
        LEVELS[level].iter().copied().find(|op| match *op {
            "" => self.starts_operand(),
            "in" => !self.no_in && self.is_name("in"),
            ">" if self.no_greater => false,
            op => self.is(op),
        })
    }

    fn starts_operand(&self) -> bool {
        match self.peek() {
            Token::Number(_) | Token::Text(_) | Token::Regex(_) => true,
            Token::Name(name, _) => !matches!(name.as_str(), "in" | "getline" | "else" | "while"),
            Token::Op(op) => matches!(*op, "$" | "!" | "(" | "-" | "+" | "++" | "--"),
            Token::End => false,
        }
    }

    fn binary(&mut self, level: usize) -> Parsed {
        if level == LEVELS.len() {
            return self.unary();
        }
        let mut left = self.operand(level)?;
        while let Some(op) = self.operator(level) {
            self.at += usize::from(!op.is_empty());
            if matches!(op, "&&" | "||") {
                self.lines();
            }
            if op == "in" {
                let keys = match left {
                    Expr::Call(name, keys) if name.is_empty() => keys,
                    other => vec![other],
                };
                left = Expr::In(keys, self.name()?);
                continue;
            }
            let right = self.operand(level)?;
            left = Expr::Binary(op, Box::new(left), Box::new(right));
        }
        Some(left)
    }

    /// What the operators of a level stand between; `command | getline` binds more than comparison.
    fn operand(&mut self, level: usize) -> Parsed {
        let mut operand = self.binary(level + 1)?;
        let asks = |p: &Self| {
            let next = p.tokens.get(p.at + 1);
            p.is("|") && matches!(next, Some(Token::Name(name, _)) if name == "getline")
        };
        while LEVELS[level].contains(&"<") && asks(self) {
            self.at += 2;
            let target = self.target()?;
            (self.asks, self.asked) = (true, self.asked + 1);
            operand = Expr::Command(Box::new(operand), target);
        }
        Some(operand)
    }

    /// What `getline` sets, if it is named.
    fn target(&mut self) -> Option<Option<Box<Expr>>> {
        Some(match self.peek() {
            Token::Name(..) | Token::Op("$") => Some(Box::new(self.primary()?)),
            _ => None,
        })
    }

    fn unary(&mut self) -> Parsed {
        self.depth += 1;
        if self.depth > 4 * limits::ARITH_DEPTH {
            return None;
        }
        let sign = ["!", "-", "+"].into_iter().find(|op| self.eat(op));
        let result = match sign {
            Some(op) => Expr::Unary(op, Box::new(self.unary()?)),
            None => self.power()?,
        };
        self.depth -= 1;
        Some(result)
    }

    fn power(&mut self) -> Parsed {
        let base = self.stepped()?;
        if !self.eat("^") {
            return Some(base);
        }
        Some(Expr::Binary("^", Box::new(base), Box::new(self.unary()?)))
    }

    fn stepped(&mut self) -> Parsed {
        for (op, by) in [("++", ONE), ("--", -ONE)] {
            if self.eat(op) {
                return Some(Expr::Step(Box::new(self.primary()?), by, true));
            }
        }
        let value = self.primary()?;
        let lvalue = matches!(value, Expr::Var(_) | Expr::Field(_) | Expr::Index(..));
        for (op, by) in [("++", ONE), ("--", -ONE)] {
            if lvalue && self.eat(op) {
                return Some(Expr::Step(Box::new(value), by, false));
            }
        }
        Some(value)
    }

    fn primary(&mut self) -> Parsed {
        let token = self.peek().clone();
        self.at += 1;
        Some(match token {
            Token::Number(text) => Expr::Number(decimal::leading(&text)),
            Token::Text(text) => Expr::Text(text),
            Token::Regex(source) => {
                let regex = Regex::new(&source, true, false);
                if regex.is_none() {
                    self.wrong = Some(bad_regex(&source));
                }
                Expr::Regex(regex?)
            }
            Token::Op("$") => {
                let inner =
                    if self.is("++") || self.is("--") { self.stepped()? } else { self.primary()? };
                Expr::Field(Box::new(inner))
            }
            Token::Op("-") => Expr::Unary("-", Box::new(self.primary()?)),
            Token::Op("(") => {
                let mut items = self.list(")")?;
                match items.len() {
                    1 => Expr::Group(Box::new(items.remove(0))),
                    _ => Expr::Call(String::new(), items),
                }
            }
            Token::Name(name, called) => self.named(name, called)?,
            _ => return None,
        })
    }

    fn named(&mut self, name: String, called: bool) -> Parsed {
        if name == "getline" {
            let target = self.target()?;
            let file = if self.eat("<") { Some(Box::new(self.primary()?)) } else { None };
            self.waits |= file.is_none();
            self.asks |= file.is_some();
            self.asked += 1;
            return Some(Expr::Getline(target, file));
        }
        if self.eat("[") {
            return Some(Expr::Index(name, self.list("]")?));
        }
        let builtin = crate::shell::commands::awk::functions::is_known(&name);
        let asks = matches!(name.as_str(), "system" | "close" | "systime");
        self.asks |= asks && name != "systime";
        self.asked += usize::from(asks || called && !builtin);
        if (called || builtin) && self.eat("(") {
            return Some(Expr::Call(name, self.list(")")?));
        }
        Some(if builtin { Expr::Call(name, Vec::new()) } else { Expr::Var(name) })
    }
}
