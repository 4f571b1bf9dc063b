//! Kubernetes' own `$(VAR)` in command, args and env, before any shell sees it.

use crate::api::Container;

/// The environment of a container: each value may use the names before it.
/// Source: kubelet_pods.go makeEnvironmentVariables
pub fn environment(c: &Container) -> Vec<(String, String)> {
    let mut env: Vec<(String, String)> = Vec::new();
    for variable in &c.env {
        let value = expand(&variable.value, &env);
        env.retain(|(name, _)| *name != variable.name);
        env.push((variable.name.clone(), value));
    }
    env
}

/// `$(NAME)` becomes the value, `$$` a dollar; an unknown name stays as it is written.
/// Source: third_party/forked/golang/expansion Expand
pub fn expand(text: &str, env: &[(String, String)]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('$') {
            out.push('$');
            rest = after;
        } else if let Some((name, after)) = reference(rest) {
            match env.iter().find(|(n, _)| n == name) {
                Some((_, value)) => out.push_str(value),
                None => out.push_str(&format!("$({name})")),
            }
            rest = after;
        } else {
            out.push('$');
        }
    }
    out + rest
}

fn reference(rest: &str) -> Option<(&str, &str)> {
    rest.strip_prefix('(')?.split_once(')')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_replaced_once() {
        let env = [("A".to_string(), "1 $(B)".to_string())];
        let rows = [
            ("x $(A) y", "x 1 $(B) y"),
            ("$$(A)", "$(A)"),
            ("$(UNKNOWN)", "$(UNKNOWN)"),
            ("$A ${A} $", "$A ${A} $"),
            ("$(A", "$(A"),
            ("期 $(A)", "期 1 $(B)"),
        ];
        for (text, want) in rows {
            assert_eq!(expand(text, &env), want);
        }
    }
}
