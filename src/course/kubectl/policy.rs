//! `kubectl create quota`, `poddisruptionbudget` and `priorityclass`.
//!
//! Source: kubectl cmd/create/create_quota.go, create_pdb.go, create_priorityclass.go

use super::flags::{self, Flag, Parsed, switch, value};
use crate::base::json::{Map, Value, json};
use crate::engine::Request;
use std::rc::Rc;

const QUOTA: &[Flag] = &[value("hard", ' '), value("scopes", ' ')];
const BUDGET: &[Flag] =
    &[value("selector", ' '), value("min-available", ' '), value("max-unavailable", ' ')];
const PRIORITY: &[Flag] = &[
    value("value", ' '),
    value("description", ' '),
    value("preemption-policy", ' '),
    switch("global-default", ' '),
];

/// An object without its name, of flags.
type Make = fn(&Parsed) -> Result<Value, String>;

/// What the words behind `create` ask for, if they name such a kind.
pub fn create(words: &[String]) -> Option<Result<Vec<Request>, String>> {
    let (kind, rest) = words.split_first()?;
    let (verb, known, make): (_, _, Make) = match kind.as_str() {
        "quota" | "resourcequota" => ("create quota", QUOTA, quota),
        "pdb" | "poddisruptionbudget" => ("create poddisruptionbudget", BUDGET, budget),
        "pc" | "priorityclass" => ("create priorityclass", PRIORITY, priority),
        _ => return None,
    };
    let made = flags::read(verb, rest, known).and_then(|parsed| {
        let mut object = make(&parsed)?;
        object["metadata"]["name"] = super::make::one_name(&parsed)?.into();
        Ok(vec![Request::Create(Rc::new(object))])
    });
    Some(made)
}

fn quota(parsed: &Parsed) -> Result<Value, String> {
    let mut hard = json!({});
    for pair in parsed.get("hard").into_iter().flat_map(|all| all.split(',')) {
        let Some((name, amount)) = pair.split_once('=') else {
            return Err(format!(
                "error: Invalid argument syntax {pair}, expected <resource=value>\n"
            ));
        };
        hard[name] = amount.into();
    }
    let mut spec = json!({"hard": hard});
    if let Some(scopes) = parsed.get("scopes") {
        spec["scopes"] = scopes.split(',').map(Value::from).collect();
    }
    Ok(json!({"apiVersion": "v1", "kind": "ResourceQuota", "spec": spec}))
}

fn budget(parsed: &Parsed) -> Result<Value, String> {
    let Some(selector) = parsed.get("selector") else {
        return Err("error: a selector must be specified\n".into());
    };
    let amount = |text: &str| text.parse::<i64>().map_or_else(|_| text.into(), Value::from);
    let mut spec = json!({"selector": label_selector(selector)?});
    match (parsed.get("min-available"), parsed.get("max-unavailable")) {
        (Some(least), None) => spec["minAvailable"] = amount(least),
        (None, Some(most)) => spec["maxUnavailable"] = amount(most),
        (None, None) => {
            return Err("error: one of min-available or max-unavailable must be specified\n".into());
        }
        _ => {
            return Err(
                "error: min-available and max-unavailable cannot be both specified\n".into()
            );
        }
    }
    Ok(json!({"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "spec": spec}))
}

/// Pairs become `matchLabels`. Source: apimachinery meta/v1/helpers.go ParseToLabelSelector
fn label_selector(text: &str) -> Result<Value, String> {
    let pair = |part: &str| {
        let (key, value) = part.split_once("==").or_else(|| part.split_once('='))?;
        (!key.ends_with('!')).then(|| (key.trim().to_string(), value.trim().into()))
    };
    match text.split(',').map(pair).collect::<Option<Map<String, Value>>>() {
        Some(pairs) => Ok(json!({"matchLabels": pairs})),
        None => flags::selector(text),
    }
}

fn priority(parsed: &Parsed) -> Result<Value, String> {
    let text = parsed.get("value").unwrap_or("0");
    let number: i64 =
        text.parse().map_err(|_| format!("error: --value={text} is no whole number\n"))?;
    let mut object = json!({"apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass",
                            "value": number});
    if parsed.is_on("global-default") {
        object["globalDefault"] = true.into();
    }
    for (flag, field) in [("description", "description"), ("preemption-policy", "preemptionPolicy")]
    {
        if let Some(said) = parsed.get(flag) {
            object[field] = said.into();
        }
    }
    Ok(object)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::kubectl::parse::created as object;

    #[test]
    fn quotas_budgets_and_classes_are_made_of_flags() {
        let quota = object("create quota q --hard=pods=2,requests.cpu=1").expect("it is one");
        assert_eq!(quota["spec"]["hard"], json!({"pods": "2", "requests.cpu": "1"}));
        let made = object("create pdb web --selector=app=web --min-available=50%");
        let made = made.expect("it is one");
        assert_eq!(made["spec"]["minAvailable"], "50%");
        assert_eq!(made["spec"]["selector"]["matchLabels"], json!({"app": "web"}));
        let class = object("create priorityclass high --value=1000").expect("it is one");
        assert_eq!((&class["value"], &class["metadata"]["name"]), (&1000.into(), &"high".into()));
        for line in [
            "create pdb a --min-available=1",
            "create pdb a --selector=a=b",
            "create quota q --hard=pods",
            "create quota",
            "create pc a --value=x",
        ] {
            assert!(object(line).is_err_and(|e| e.starts_with("error: ")), "{line}");
        }
    }
}
