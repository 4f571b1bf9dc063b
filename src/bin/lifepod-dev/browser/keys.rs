//! Keys as WebDriver names them.

use serde_json::{Value, json};

/// The code of a key: its own character, or WebDriver's private one.
fn code(name: &str) -> &str {
    match name {
        "Backspace" => "\u{e003}",
        "Tab" => "\u{e004}",
        "Enter" => "\u{e007}",
        "Shift" => "\u{e008}",
        "Control" => "\u{e009}",
        "Alt" => "\u{e00a}",
        "Escape" => "\u{e00c}",
        "Space" => " ",
        "PageUp" => "\u{e00e}",
        "PageDown" => "\u{e00f}",
        "End" => "\u{e010}",
        "Home" => "\u{e011}",
        "ArrowLeft" => "\u{e012}",
        "ArrowUp" => "\u{e013}",
        "ArrowRight" => "\u{e014}",
        "ArrowDown" => "\u{e015}",
        "Delete" => "\u{e017}",
        other => other,
    }
}

/// The actions for a chord like `Control+Enter`: all down in order, all up in reverse.
pub fn chord(chord: &str) -> Value {
    let keys: Vec<&str> =
        if chord == "+" { vec!["+"] } else { chord.split('+').map(code).collect() };
    let down = keys.iter().map(|key| json!({ "type": "keyDown", "value": key }));
    let up = keys.iter().rev().map(|key| json!({ "type": "keyUp", "value": key }));
    let actions: Vec<Value> = down.chain(up).collect();
    json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chord_goes_down_in_order_and_up_in_reverse() {
        let actions = &chord("Control+a")["actions"][0]["actions"];
        let steps: Vec<(&str, &str)> = (0..4)
            .map(|i| (actions[i]["type"].as_str().unwrap(), actions[i]["value"].as_str().unwrap()))
            .collect();
        let control = "\u{e009}";
        assert_eq!(
            steps,
            [("keyDown", control), ("keyDown", "a"), ("keyUp", "a"), ("keyUp", control)]
        );
    }
}
