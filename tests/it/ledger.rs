//! `static/fidelity.json`, which the page shows, tells what `docs/FIDELITY.md` tells.

use lifepod::base::json::{Value, parse};

const LEDGER: &str = include_str!("../../docs/FIDELITY.md");
const PAGE: &str = include_str!("../../static/fidelity.json");

/// A section of the ledger: its title, its paragraphs, the cells of the rows of its tables.
struct Section {
    title: String,
    texts: Vec<String>,
    tables: Vec<Vec<Vec<String>>>,
}

fn ledger() -> Vec<Section> {
    LEDGER.split("\n## ").skip(1).map(section).collect()
}

fn section(text: &str) -> Section {
    let (title, body) = text.split_once('\n').unwrap();
    let blocks = body.split("\n\n").map(str::trim).filter(|block| !block.is_empty());
    let (tables, texts): (Vec<&str>, Vec<&str>) = blocks.partition(|b| b.starts_with('|'));
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    Section {
        title: title.into(),
        texts: texts.into_iter().map(words).collect(),
        tables: tables.iter().map(|table| rows(table)).collect(),
    }
}

fn rows(table: &str) -> Vec<Vec<String>> {
    let lines = table.lines().filter(|line| !line.starts_with("|---"));
    let cell = |cell: &str| cell.trim().trim_matches('*').replace(r"\|", "|");
    lines.map(|line| line.trim_matches('|').split(" | ").map(cell).collect()).collect()
}

fn page() -> Vec<Value> {
    parse(PAGE).expect("it is JSON")["sections"].as_array().unwrap().clone()
}

fn cells(row: &Value, lang: &str) -> Vec<String> {
    let cells = row[lang].as_array().unwrap();
    cells.iter().map(|cell| cell.as_str().unwrap().to_string()).collect()
}

/// Whatever is a figure, such as `67/72`, and what stands between backticks.
fn figures(text: &str) -> Vec<String> {
    let splits = |c: char| !c.is_ascii_digit() && c != '/' && c != ',';
    let counts = |word: &&str| word.chars().any(|c| c.is_ascii_digit());
    let numbers = text.split(splits).map(|word| word.trim_matches([',', '/'])).filter(counts);
    numbers.map(str::to_string).collect()
}

/// Row for row, word for word in English: the page cannot tell what the ledger does not.
#[test]
fn the_page_tells_the_rows_of_the_ledger() {
    let (page, ledger) = (page(), ledger());
    assert_eq!(page.len(), ledger.len());
    for (shown, told) in page.iter().zip(&ledger) {
        assert_eq!(shown["title"]["en"].as_str(), Some(told.title.as_str()));
        let tables = shown["tables"].as_array().unwrap();
        assert_eq!(tables.len(), told.tables.len(), "tables of {}", told.title);
        for (shown, told) in tables.iter().zip(&told.tables) {
            let shown = shown.as_array().unwrap();
            let english: Vec<Vec<String>> = shown.iter().map(|row| cells(row, "en")).collect();
            for row in told {
                assert!(english.contains(row), "static/fidelity.json lacks this row: {row:?}");
            }
            assert_eq!(&english, told, "static/fidelity.json tells the rows of docs/FIDELITY.md");
        }
    }
}

#[test]
fn both_languages_tell_the_same_cells_and_figures() {
    for section in page() {
        for row in section["tables"].as_array().unwrap().iter().flat_map(|t| t.as_array().unwrap())
        {
            let (english, chinese) = (cells(row, "en"), cells(row, "zh"));
            assert_eq!(english.len(), chinese.len(), "{english:?}");
            for (en, zh) in english.iter().zip(&chinese).filter(|(en, _)| en.contains('/')) {
                if figures(en).iter().any(|figure| figure.contains('/')) && !en.contains('`') {
                    assert_eq!(figures(en), figures(zh), "{en}");
                }
                if en.starts_with("`src/") {
                    assert_eq!(en, zh);
                }
            }
            assert!(chinese.iter().all(|cell| !cell.is_empty()), "{chinese:?}");
        }
    }
}

/// What is not simulated yet stands in the page word for word; the figures of other texts are the
/// ledger's.
#[test]
fn the_texts_of_the_page_are_those_of_the_ledger() {
    for (shown, told) in page().iter().zip(&ledger()) {
        let (english, chinese) = (cells(&shown["text"], "en"), cells(&shown["text"], "zh"));
        assert_eq!(english.len(), chinese.len(), "{}", told.title);
        if told.tables.is_empty() {
            assert_eq!(english, told.texts);
        }
        for text in english.iter().chain(&chinese) {
            for figure in figures(text) {
                assert!(LEDGER.contains(&figure), "{figure} is not in docs/FIDELITY.md");
            }
        }
    }
}
