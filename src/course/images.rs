//! What a scenario says of images: `images:`, a mapping from an image to words about it.
//!
//! ```yaml
//! images:
//!   acme/shop:2:            # without a tag: all of them
//!     start: 5s             # the words of the annotations under lifepod.dev/
//!     http: /healthz=200,500@30s
//!   busybox:1.99: {missing: true}
//! ```

use crate::base::json::Value;
use crate::engine::runtime::images::{Behaviour, Said};

/// Reads the mapping. The error says what is wrong with it.
pub fn read(value: &Value) -> Result<Vec<Said>, String> {
    let all = match value {
        Value::Null => return Ok(Vec::new()),
        Value::Object(all) => all,
        _ => return Err("scenario: images is a mapping from an image to words about it".into()),
    };
    all.iter().map(|(image, words)| said(image, words)).collect()
}

fn said(image: &str, words: &Value) -> Result<Said, String> {
    let mut said = Said { image: image.to_string(), ..Said::default() };
    let Some(words) = words.as_object() else {
        return Err(format!(
            "scenario: images: {image}: a mapping is wanted, such as {{start: 5s}}"
        ));
    };
    for (word, value) in words {
        if word == "missing" {
            said.missing = value.as_bool().unwrap_or(false);
            continue;
        }
        let text = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let wrong = |culprit: &str| {
            let all = Behaviour::WORDS.join(", ");
            match Behaviour::WORDS.contains(&word.as_str()) {
                true => format!("scenario: images: {image}: {word}: \"{culprit}\" cannot be read"),
                false => format!("scenario: images: {image}: {word}: there are {all}, missing"),
            }
        };
        said.behaviour.set(word, &text).map_err(|m| wrong(&text[m.start..m.end]))?;
    }
    Ok(said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    #[test]
    fn images_are_read() {
        let value = json!({"acme/shop:2": {"start": "5s", "ports": 8080}, "x": {"missing": true}});
        let images = read(&value).expect("it can be read");
        assert_eq!(images.len(), 2);
        assert_eq!(images[0].behaviour.ports.as_ref().map(Vec::len), Some(1));
        assert!(images[1].missing);
        assert_eq!(read(&Value::Null), Ok(Vec::new()));
    }

    #[test]
    fn mistakes_are_named() {
        for (value, part) in [
            (json!([]), "a mapping from an image"),
            (json!({"a": 3}), "images: a: a mapping"),
            (json!({"a": {"start": "soon"}}), "start: \"soon\" cannot be read"),
            (json!({"a": {"http": "/x=200; y=1"}}), "http: \"y\" cannot be read"),
            (json!({"a": {"strat": "3s"}}), "there are start, ports"),
        ] {
            let error = read(&value).expect_err(part);
            assert!(error.contains(part), "{error}");
        }
    }
}
