//! Splitting a line as a POSIX shell would, without expansions.

/// The words of a line; quotes and backslashes as in a shell.
///
/// The error says which quote is not closed.
pub fn split(line: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c.is_whitespace() {
            words.extend(word.take());
            continue;
        }
        let word = word.get_or_insert_default();
        match c {
            '\'' | '"' => quoted(c, &mut chars, word)?,
            '\\' => word.extend(chars.next()),
            c => word.push(c),
        }
    }
    words.extend(word);
    Ok(words)
}

fn quoted(quote: char, chars: &mut std::str::Chars, word: &mut String) -> Result<(), String> {
    while let Some(c) = chars.next() {
        match c {
            c if c == quote => return Ok(()),
            '\\' if quote == '"' => escaped(chars, word),
            c => word.push(c),
        }
    }
    Err(format!("error: the quote {quote} is not closed\n"))
}

/// Inside double quotes a backslash stands for itself before most characters.
fn escaped(chars: &mut std::str::Chars, word: &mut String) {
    match chars.next() {
        Some(c @ ('"' | '\\' | '$' | '`')) => word.push(c),
        Some(c) => word.extend(['\\', c]),
        None => word.push('\\'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_split_as_a_shell_does() {
        let line = r#"patch pod web -p '{"a": 1}' --x="say \"hi\" \n"  a\ b '' "#;
        let want = ["patch", "pod", "web", "-p", "{\"a\": 1}", "--x=say \"hi\" \\n", "a b", ""];
        assert_eq!(split(line).expect("it is closed"), want);
        assert!(split("exec web -- sh -c 'x").expect_err("it is open").contains('\''));
    }
}
