//! The catalogue of messages: both languages have all, in the order of the code, with the same
//! values. `Texts::fits` is asked in the page's own tests.

use lifepod::base::json::{Value, parse};
use lifepod::base::{Lang, Texts};
use lifepod::session;

/// Table, name and words of each message.
fn rows(lang: Lang) -> Vec<(String, String, String)> {
    let file = format!("{}/static/texts/{}.json", env!("CARGO_MANIFEST_DIR"), lang.code());
    let all = parse(&std::fs::read_to_string(file).unwrap()).unwrap();
    let word = |value: &Value| value.as_str().unwrap().to_string();
    let table = |table: &Value| {
        let rows = table.as_array().unwrap().iter().skip(1);
        rows.map(|row| (word(&table[0]), word(&row[0]), word(&row[1]))).collect::<Vec<_>>()
    };
    all.as_array().unwrap().iter().flat_map(table).collect()
}

fn values(words: &str) -> Vec<&str> {
    let mut names: Vec<&str> =
        words.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Messages whose Chinese says less, or more, of its values than the English.
const OTHER_VALUES: [&str; 2] = ["INVALID", "UNKNOWN_FIELD"];

#[test]
fn every_message_is_there_in_both_languages_with_the_same_values() {
    let (english, chinese) = (rows(Lang::En), rows(Lang::Zh));
    assert!(english.len() > 300, "only {}", english.len());
    assert_eq!(english.len(), chinese.len());
    for (en, zh) in english.iter().zip(&chinese) {
        assert_eq!((&en.0, &en.1), (&zh.0, &zh.1));
        assert!(!en.2.is_empty() && !zh.2.is_empty(), "{}", en.1);
        if !OTHER_VALUES.contains(&en.1.as_str()) {
            assert_eq!(values(&en.2), values(&zh.2), "{}", en.1);
        }
    }
}

#[test]
fn the_catalogues_are_in_the_order_of_the_code() {
    for lang in [Lang::En, Lang::Zh] {
        let fits = Texts::compiled(lang).fits(&session::texts::TABLES);
        assert!(fits, "static/texts/{}.json has other messages than `texts!`", lang.code());
    }
}
