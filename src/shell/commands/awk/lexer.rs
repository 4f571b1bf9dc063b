//! The tokens of a program.

/// A token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Token {
    /// A number, as it is written.
    Number(String),
    /// A text, its escapes resolved.
    Text(String),
    /// A regular expression.
    Regex(String),
    /// A name; with the flag, `(` follows at once.
    Name(String, bool),
    /// An operator or a separator.
    Op(&'static str),
    /// The end.
    End,
}

/// Longer ones before their beginnings.
const OPERATORS: [&str; 46] = [
    "\n", "**=", "&&", "||", "++", "--", "+=", "-=", "*=", "/=", "%=", "^=", "**", "==", "<=",
    ">=", "!=", "!~", ">>", "{", "}", "(", ")", "[", "]", ";", ",", "+", "-", "*", "/", "%", "^",
    "!", ">", "<", "|", "?", ":", "~", "$", "=", "&", "@", "#", "\\",
];

/// The tokens; `None` if the text is malformed.
pub fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut out: Vec<Token> = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let ends_value = match out.last() {
            Some(Token::Name(name, _)) => !matches!(name.as_str(), "print" | "return" | "in"),
            Some(Token::Number(_) | Token::Text(_) | Token::Regex(_)) => true,
            Some(Token::Op(op)) => matches!(*op, ")" | "]" | "$" | "++" | "--"),
            _ => false,
        };
        let len = if matches!(c, ' ' | '\t' | '\r') {
            1
        } else if rest.starts_with("\\\n") {
            2
        } else if c == '#' {
            rest.find('\n').unwrap_or(rest.len())
        } else if c == '"' || c == '/' && !ends_value {
            let end = closing(&rest[1..], c)?;
            let body = &rest[1..=end];
            out.push(match c {
                '"' => Token::Text(unescaped(body)),
                _ => Token::Regex(body.replace("\\/", "/")),
            });
            end + 2
        } else if c.is_ascii_digit() || c == '.' {
            let (_, len) = crate::shell::commands::decimal::prefix(rest);
            out.push(Token::Number(rest.get(..len).filter(|t| !t.is_empty())?.to_string()));
            len
        } else if c == '_' || c.is_ascii_alphabetic() {
            let len = rest.find(|c: char| c != '_' && !c.is_ascii_alphanumeric());
            let len = len.unwrap_or(rest.len());
            out.push(Token::Name(rest[..len].to_string(), rest[len..].starts_with('(')));
            len
        } else {
            let op = OPERATORS.iter().find(|op| rest.starts_with(**op))?;
            out.push(Token::Op(match *op {
                "**" => "^",
                "**=" => "^=",
                op => op,
            }));
            op.len()
        };
        rest = &rest[len..];
    }
    out.push(Token::End);
    Some(out)
}

/// Where an unescaped `mark` is.
fn closing(text: &str, mark: char) -> Option<usize> {
    let mut escaped = false;
    let mut class = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' => return None,
            '[' if mark == '/' => class = true,
            ']' => class = false,
            c if c == mark && !class => return Some(at),
            _ => {}
        }
    }
    None
}

/// A text with its escapes resolved.
pub fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('a') => out.push('\u{7}'),
            Some(first @ ('0'..='7' | 'x')) => {
                let base = if first == 'x' { 16 } else { 8 };
                let mut value = first.to_digit(8).unwrap_or(0);
                for _ in 0..2 {
                    let Some(digit) = chars.clone().next().and_then(|c| c.to_digit(base)) else {
                        break;
                    };
                    value = value * base + digit;
                    chars.next();
                }
                out.push(char::from(value as u8));
            }
            Some(c @ ('"' | '/' | '\\')) => out.push(c),
            Some(c) => out.extend(['\\', c]),
            None => out.push('\\'),
        }
    }
    out
}
