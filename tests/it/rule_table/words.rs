//! A goal in words, for people who read a table.

use lifepod::base::json::Value;

/// Where to look: the decisions that a goal asks for; if it asks for none, the goal in words.
pub fn place(goal: &Value) -> String {
    let mut cited = Vec::new();
    collect(goal, &mut cited);
    if cited.is_empty() { words(goal) } else { cited.join(", ") }
}

/// The decisions that a goal wants to see, each once.
fn collect(goal: &Value, cited: &mut Vec<String>) {
    for part in ["all", "any"] {
        goal[part].as_array().into_iter().flatten().for_each(|goal| collect(goal, cited));
    }
    if let Some(rule) = goal["rule"].as_str() {
        let about = goal["subject"].as_str().map_or(String::new(), |s| format!(" ({s})"));
        let words = format!("rule `{rule}`{about}");
        if !cited.contains(&words) {
            cited.push(words);
        }
    }
}

fn words(goal: &Value) -> String {
    let list = |part: &str, between: &str| {
        let goals = goal[part].as_array().into_iter().flatten();
        goals.map(words).collect::<Vec<_>>().join(between)
    };
    let of = |part: &str| goal.get(part).map(words);
    let core = match goal.as_object().and_then(|object| object.iter().next()) {
        _ if goal.get("all").is_some() => list("all", "; "),
        _ if goal.get("any").is_some() => list("any", " or "),
        _ if goal.get("together").is_some() => list("together", " while "),
        _ if goal.get("not").is_some() => format!("not: {}", of("not").unwrap()),
        _ if goal.get("never").is_some() => format!("never: {}", of("never").unwrap()),
        _ if goal.get("always").is_some() => format!("always: {}", of("always").unwrap()),
        _ => single(goal),
    };
    core + &when(goal)
}

fn single(goal: &Value) -> String {
    let text = |key: &str| goal[key].as_str();
    let about = |key: &str| text(key).map_or(String::new(), |name| format!(" of {name}"));
    let says = |key: &str| text(key).map_or(String::new(), |part| format!(" \"{part}\""));
    if let Some(object) = text("object") {
        let path = text("path").map_or(String::new(), |path| format!(" `{path}`"));
        return format!("{object}{path}{}", tested(goal));
    }
    if let Some(event) = text("event") {
        return format!("Event {event}{}{}", about("about"), says("message"));
    }
    if let Some(rule) = text("rule") {
        return format!("rule `{rule}`{}", about("subject"));
    }
    if goal.get("log").is_some() {
        return format!("log{}{}", says("log"), about("pod"));
    }
    if let Some(line) = text("kubectl") {
        return format!("`kubectl {line}` answers{}{}", says("out"), says("err"));
    }
    text("request").map_or(goal.to_string(), |end| format!("a request is {end}{}", about("to")))
}

/// What is asked of a value.
fn tested(goal: &Value) -> String {
    let tests = [
        ("is", "is"),
        ("isNot", "is not"),
        ("oneOf", "is one of"),
        ("atLeast", "is at least"),
        ("atMost", "is at most"),
        ("contains", "has"),
        ("exists", "exists:"),
    ];
    let test = |(key, says): (&str, &str)| {
        goal.get(key).map(|value| {
            format!(" {says} {}", value.as_str().map_or(value.to_string(), str::to_string))
        })
    };
    let count = goal.get("count").map(|count| format!(", how many:{}", tested(count)));
    tests.into_iter().filter_map(test).chain(count).collect()
}

fn when(goal: &Value) -> String {
    let mut out = String::new();
    for (key, says) in [("from", "from"), ("by", "by"), ("within", "within"), ("for", "for")] {
        if let Some(time) = goal.get(key).filter(|time| time.as_object().is_none()) {
            out.push_str(&format!(" {says} {}", time.as_str().unwrap_or_default()));
        }
    }
    for key in ["after", "before"] {
        if let Some(other) = goal.get(key).filter(|other| other.as_object().is_some()) {
            out.push_str(&format!(" {key} {}", words(other)));
        }
    }
    out
}

#[test]
fn a_goal_is_told_in_words() {
    let told = |json: &str| place(&lifepod::base::json::parse(json).unwrap());
    let both =
        r#"{"all": [{"rule": "stop.killed", "subject": "pod/web/app"}, {"event": "Killing"}]}"#;
    assert_eq!(told(both), "rule `stop.killed` (pod/web/app)");
    let object = r#"{"object": "pod/web", "path": "status.phase", "is": "Running", "by": "10s"}"#;
    assert_eq!(told(object), "pod/web `status.phase` is Running by 10s");
    let never = r#"{"never": {"log": "bye", "pod": "web"}}"#;
    assert_eq!(told(never), "never: log \"bye\" of web");
}
