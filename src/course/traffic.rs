//! What a scenario says of the clients outside of the Pods: `traffic:`, a list of requests that
//! are sent again and again.
//!
//! ```yaml
//! traffic:
//! - to: web                 # a Service; pod/web: a Pod, past all Services
//!   every: 200ms            # from one request to the next; a second if it is not said
//!   from: 20s               # when the first is sent, but not before the target is there
//!   until: 60s
//!   timeout: 2s             # how long a client waits; a second if it is not said
//!   path: /                 # and port: 8080, if it is not the Service's first
//!   keep-alive: true        # all over one connection, for as long as that holds
//! ```

use crate::base::json::Value;
use crate::engine::traffic::Plan;
use std::rc::Rc;

/// Lists of requests that are taken.
const MOST: usize = 20;

/// Reads the list. The error says what is wrong with it.
pub fn read(value: &Value) -> Result<Vec<Rc<Plan>>, String> {
    let all = match value {
        Value::Null => return Ok(Vec::new()),
        Value::Array(all) if all.len() <= MOST => all,
        Value::Array(_) => return Err(format!("scenario: traffic: at most {MOST} are taken")),
        _ => return Err("scenario: traffic is a list, such as [{to: web, every: 1s}]".into()),
    };
    all.iter().enumerate().map(|(nth, words)| plan(nth, words).map(Rc::new)).collect()
}

fn plan(nth: usize, words: &Value) -> Result<Plan, String> {
    let at = |what: String| format!("scenario: traffic[{nth}]: {what}");
    let mut plan = Plan::default();
    let Some(words) = words.as_object().filter(|words| words.contains_key("to")) else {
        return Err(at("a mapping is wanted that says for whom, such as {to: web}".into()));
    };
    for (word, value) in words {
        let text = match value {
            Value::String(text) => text.clone(),
            // A bare number is seconds, as with `at` and `until`.
            Value::Number(number) if word != "port" => format!("{number}s"),
            other => other.to_string(),
        };
        let wrong = |_| match Plan::WORDS.contains(&word.as_str()) {
            true => at(format!("{word}: \"{text}\" cannot be read")),
            false => at(format!("{word}: there are {}", Plan::WORDS.join(", "))),
        };
        plan.set(word, &text).map_err(wrong)?;
    }
    Ok(plan)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SimTime;
    use crate::base::json::json;

    #[test]
    fn requests_are_read() {
        let value = json!([{"to": "web", "every": "200ms", "port": 8080, "keep-alive": true},
                           {"to": "pod/a", "from": 5}]);
        let plans = read(&value).expect("it can be read");
        assert_eq!((plans[0].every, plans[0].port), (SimTime::ms(200), Some(8080)));
        assert!(plans[0].keep_alive && !plans[1].keep_alive);
        assert_eq!(plans[1].from, SimTime::secs(5));
        assert_eq!(read(&Value::Null), Ok(Vec::new()));
    }

    #[test]
    fn mistakes_are_named() {
        for (value, part) in [
            (json!({"to": "web"}), "traffic is a list"),
            (json!([{"every": "1s"}]), "traffic[0]: a mapping is wanted that says for whom"),
            (json!([{"to": "web", "every": "soon"}]), "every: \"soon\" cannot be read"),
            (json!([{"to": "web"}, {"to": "a", "evry": "1s"}]), "traffic[1]: evry: there are to,"),
            (json!([{"to": "web", "port": 0}]), "port: \"0\" cannot be read"),
        ] {
            let error = read(&value).expect_err(part);
            assert!(error.contains(part), "{error}");
        }
    }
}
