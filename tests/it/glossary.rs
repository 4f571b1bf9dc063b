//! The Chinese of all texts uses the words of docs/GLOSSARY.md: none of its last column stands in
//! them. What holds no Chinese is not looked at.

use lifepod::base::json::{Value, parse};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn text(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// English, Chinese, and the words that are not used.
fn rows() -> Vec<(String, String, Vec<String>)> {
    let glossary = text(&root().join("docs/GLOSSARY.md"));
    let rows = glossary.lines().filter(|line| line.starts_with("| ")).skip(1);
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        assert_eq!(cells.len(), 3, "{line}");
        let not = cells[2].split('、').map(str::to_string).collect();
        (cells[0].to_string(), cells[1].to_string(), not)
    };
    rows.map(row).collect()
}

/// All texts in a JSON value that hold Chinese.
fn strings(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if is_chinese(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Value::Object(entries) => entries.iter().for_each(|(_, value)| strings(value, found)),
        _ => {}
    }
}

/// The files with Chinese in them: all below `static`, the documents, the README.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if ["json", "md", "yaml"].iter().any(|e| path.extension().is_some_and(|x| x == *e)) {
            found.push(path);
        }
    }
}

fn chinese_texts() -> Vec<(String, String)> {
    let mut paths = vec![root().join("README.zh.md")];
    for folder in ["static", "docs"] {
        files(&root().join(folder), &mut paths);
    }
    // The glossary has them all; rules.json names places of documents in their own words.
    let own = ["docs/GLOSSARY.md", "static/catalogue/rules.json"];
    paths.retain(|path| !own.iter().any(|own| path.ends_with(own)));
    let mut texts = Vec::new();
    for path in paths {
        let (name, whole) = (path.display().to_string(), text(&path));
        let mut found = Vec::new();
        match path.extension().and_then(|e| e.to_str()) {
            Some("json") => strings(&parse(&whole).unwrap(), &mut found),
            Some("md") => found.extend(whole.lines().filter(|l| is_chinese(l)).map(String::from)),
            _ if name.ends_with("exercise.yaml") => {
                let exercise = lifepod::session::exercise::read(&whole).unwrap();
                let goals = exercise.goals.into_iter().map(|goal| goal.text.zh);
                found.extend(goals.chain(exercise.hints.into_iter().map(|hint| hint.zh)));
            }
            _ => {}
        }
        texts.extend(found.into_iter().map(|text| (name.clone(), text)));
    }
    texts
}

fn problems(texts: &[(String, String)]) -> Vec<String> {
    let mut found = Vec::new();
    for (english, chinese, not) in rows() {
        for (file, text) in texts {
            for word in not.iter().filter(|word| text.contains(word.as_str())) {
                found.push(format!("{file}: {english} is {chinese}, not {word}: {text}"));
            }
        }
    }
    found
}

#[test]
fn the_chinese_texts_use_the_words_of_the_glossary() {
    let texts = chinese_texts();
    assert!(texts.len() > 1500, "only {} texts", texts.len());
    let found = problems(&texts);
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn a_word_of_the_last_column_is_found_and_none_is_a_word_of_the_second() {
    let planted = [("x".to_string(), "这个容器组在优雅终止".to_string())];
    assert_eq!(problems(&planted).len(), 2);
    let rows = rows();
    assert!(rows.len() >= 40);
    for (english, chinese, _) in &rows {
        let own = [(english.clone(), chinese.clone())];
        assert!(problems(&own).is_empty(), "{english}");
    }
}
