//! The page's words stand in the catalogue: no literal for people in the code of `src/ui`.

use super::source::Source;

/// Literals that people see and that are no words of ours: names, what Kubernetes and Linux call
/// things in any language, what a person may type, and what is said before the catalogue is here.
const KEPT: [&str; 21] = [
    "$ kubectl ",
    "$ kubectl",
    "Lifepod",
    "No resources found in default namespace.",
    "QoS ",
    "Service",
    "The page could not be loaded completely. · 页面未能完整加载。",
    "Try again · 重试",
    "cpu ",
    "exec",
    "YAML",
    "get pods -o wide",
    "kubectl ",
    "memory ",
    "ro",
    "trap",
    "中文",
    "分",
    "分钟",
    "小时",
    "秒",
];

/// Attributes that a screen reader reads or a pointer shows.
const TOLD: [&str; 7] = [
    "title=",
    "aria-label=",
    "aria-description=",
    "aria-roledescription=",
    "aria-valuetext=",
    "placeholder=",
    "alt=",
];

/// Literals for people that are not kept; those that are kept are put to `used`.
pub fn check_words(source: &Source, used: &mut Vec<String>) -> Vec<String> {
    if !source.path.starts_with("src/ui/") || source.path.starts_with("src/ui/i18n/") {
        return Vec::new();
    }
    let mut problems = Vec::new();
    for literal in literals(source) {
        if !literal.is_for_people() {
            continue;
        }
        match KEPT.contains(&literal.inside.as_str()) {
            true => used.push(literal.inside),
            false => problems.push(format!(
                "{}:{}: {:?} belongs into static/texts, by `texts!`",
                source.path, literal.line, literal.inside
            )),
        }
    }
    problems
}

/// Kept literals that no file has.
pub fn not_used(used: &[String]) -> Vec<&'static str> {
    KEPT.into_iter().filter(|kept| !used.iter().any(|word| word == kept)).collect()
}

struct Literal {
    line: usize,
    before: String,
    inside: String,
    after: String,
}

impl Literal {
    fn is_for_people(&self) -> bool {
        let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        self.inside.chars().any(han)
            || self.has_letters() && (self.is_child() || self.is_told())
            || self.is_sentence()
    }

    fn has_letters(&self) -> bool {
        self.inside.chars().filter(char::is_ascii_alphabetic).count() > 1
    }

    /// `>{ "…" }`, or the same behind another child or at the beginning of a line.
    fn is_child(&self) -> bool {
        let Some(outside) = self.before.trim_end().strip_suffix('{') else { return false };
        let outside = outside.trim_end_matches(' ');
        let is_arm = outside.ends_with("=>");
        self.after.trim_start().starts_with('}') && outside.ends_with(['>', '}', '\n']) && !is_arm
    }

    fn is_told(&self) -> bool {
        let before = self.before.trim_end_matches('{');
        TOLD.iter().any(|name| before.ends_with(name))
    }

    /// A capital letter, and a small word behind a space.
    fn is_sentence(&self) -> bool {
        let starts = self.inside.starts_with(|c: char| c.is_ascii_uppercase());
        let words = self.inside.split(' ').skip(1);
        let small = |word: &str| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase());
        starts && words.clone().any(small) && !self.before.trim_end().ends_with("expect(")
    }
}

/// The strings of the code that is shipped, without those of comments.
fn literals(source: &Source) -> Vec<Literal> {
    let code: Vec<char> = source.shipped().chars().collect();
    let text: Vec<char> = source.text.chars().take(code.len()).collect();
    let blank = |at: usize| code.get(at) == Some(&' ');
    let is = |at: usize, letter: char| text.get(at) == Some(&letter);
    let (mut found, mut at, mut line) = (Vec::new(), 0, 1);
    while at < text.len() {
        let start = at;
        if is(at, '/') && is(at + 1, '/') && blank(at) {
            at += text[at..].iter().take_while(|c| **c != '\n').count();
        } else if is(at, '\'') && blank(at) {
            let escaped = usize::from(is(at + 1, '\\'));
            at += 3 + escaped;
        } else if is(at, '"') && blank(at) {
            let mut end = at + 1;
            while end < text.len() && !is(end, '"') {
                end += 1 + usize::from(is(end, '\\'));
            }
            let near = |from: usize, to: usize| text[from..to.min(text.len())].iter().collect();
            let inside = near((start + 1).min(text.len()), end);
            let (before, after) = (near(at.saturating_sub(60), at), near(end + 1, end + 40));
            found.push(Literal { line, before, inside, after });
            at = end + 1;
        } else {
            at += 1;
        }
        let passed = &text[start..at.min(text.len())];
        line += passed.iter().filter(|c| **c == '\n').count();
    }
    found
}

#[test]
fn planted_words_are_found() {
    let planted = |line: &str| {
        let text = format!("fn f() {{\n{line}\n}}\n");
        check_words(&Source::new("src/ui/x.rs", &text), &mut Vec::new())
    };
    for line in [
        "    html! { <p>{ \"Nothing here\" }</p> }",
        "    html! { <p title=\"Close\">{ words }</p> }",
        "    html! { <p>{ count }{ \"times\" }</p> }",
        "    let words = \"时间\";",
        "    let said = \"Paused at noon\";",
    ] {
        assert_eq!(planted(line).len(), 1, "{line}");
    }
    for line in [
        "    // \"Nothing here\"",
        "    let class = if on { \"shown\" } else { \"not shown\" };",
        "    html! { <p>{ \" · \" }</p> }",
        "    let it = found.expect(\"It is there\");",
        "    html! { <p class=\"why row\">{ t::CLOSE.get(lang) }</p> }",
        "    html! { <p>{ \"Lifepod\" }</p> }",
        "        Shape::Bar => { \"M2 8 H14\" }",
    ] {
        assert_eq!(planted(line), Vec::<String>::new(), "{line}");
    }
}
