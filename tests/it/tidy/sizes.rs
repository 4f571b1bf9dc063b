//! How large lines, functions and files may grow.

use super::source::Source;

const LINE_MOST: usize = 100;
const FUNCTION_MOST: usize = 70;
const FILE_MOST: usize = 800;
/// Written above a function that is one flat match and may be longer.
const DISPATCH: &str = "// tidy: dispatch";

/// Lines, functions and the file that are too long.
pub fn check(source: &Source) -> Vec<String> {
    let mut problems = long_lines(source);
    for function in functions(source) {
        if function.lines > FUNCTION_MOST && !is_dispatch(source, function.line) {
            let (line, lines) = (function.line, function.lines);
            problems.push(format!("{}:{line}: a function of {lines} lines", source.path));
        }
    }
    let lines = source.text.lines().count();
    if lines > FILE_MOST {
        problems.push(format!("{}: a file of {lines} lines", source.path));
    }
    problems
}

/// Text in quotes and addresses cannot be broken.
fn long_lines(source: &Source) -> Vec<String> {
    let mut problems = Vec::new();
    for (nth, line) in source.text.lines().enumerate() {
        let letters = line.chars().count();
        if letters > LINE_MOST && !line.contains('"') && !line.contains("://") {
            problems.push(format!("{}:{}: a line of {letters} letters", source.path, nth + 1));
        }
    }
    problems
}

/// The median length in lines of the functions that are shipped, and of the files.
pub fn medians(sources: &[Source]) -> (usize, usize) {
    let shipped = |source: &Source| Source::new(&source.path, source.shipped());
    let functions =
        sources.iter().flat_map(|source| functions(&shipped(source))).map(|f| f.lines).collect();
    let files = sources.iter().map(|source| source.text.lines().count()).collect();
    (median(functions), median(files))
}

fn median(mut values: Vec<usize>) -> usize {
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or(0)
}

struct Function {
    /// From 1.
    line: usize,
    /// From `fn` to the closing brace.
    lines: usize,
}

fn functions(source: &Source) -> Vec<Function> {
    let code = &source.code;
    let mut functions = Vec::new();
    for (at, _) in code.match_indices("fn ") {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|letter| !letter.is_whitespace() && letter != '(') {
            continue;
        }
        if let Some(body) = body(&code[at..]) {
            let line = code[..at].matches('\n').count() + 1;
            functions.push(Function { line, lines: body.matches('\n').count() + 1 });
        }
    }
    functions
}

/// From `fn` to the brace that closes its body; a declaration has none.
fn body(code: &str) -> Option<&str> {
    let mut depth = 0;
    let mut brackets = 0;
    for (at, letter) in code.char_indices() {
        match letter {
            ';' if depth == 0 && brackets == 0 => return None,
            '[' => brackets += 1,
            ']' => brackets -= 1,
            '{' => depth += 1,
            '}' if depth <= 1 => return Some(&code[..=at]),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Whether the comments and attributes right above a line say so.
fn is_dispatch(source: &Source, line: usize) -> bool {
    let lines: Vec<&str> = source.text.lines().take(line - 1).map(str::trim).collect();
    let above = lines.iter().rev().take_while(|l| l.starts_with("//") || l.starts_with("#["));
    above.into_iter().any(|l| l.starts_with(DISPATCH))
}

#[test]
fn what_is_too_long_is_found() {
    let finds = |text: &str| check(&Source::new("src/base/a.rs", text));
    let long = |n: usize| format!("fn f() {{\n{}}}\n", "    g();\n".repeat(n));
    assert_eq!(finds(&long(68)), Vec::<String>::new());
    assert_eq!(finds(&long(69)), ["src/base/a.rs:1: a function of 71 lines"]);
    assert!(finds(&format!("// tidy: dispatch\n#[inline]\n{}", long(90))).is_empty());
    assert_eq!(finds(&"\n".repeat(801)), ["src/base/a.rs: a file of 801 lines"]);
    assert_eq!(finds(&"x".repeat(101)), ["src/base/a.rs:1: a line of 101 letters"]);
    assert!(finds(&format!("// http://{}", "x".repeat(101))).is_empty());
}

#[test]
fn medians_are_of_shipped_code() {
    let text = "fn a() {}\nfn b() -> [u8; 2] {\n    [1, 2]\n}\ntrait T {\n    fn c(&self);\n}\n\
                fn d() {\n\n\n\n\n}\n#[test]\nfn e() {}\n#[test]\nfn f() {}\n";
    let source = Source::new("src/base/a.rs", text);
    assert_eq!(medians(&[source]), (3, text.lines().count()));
}
