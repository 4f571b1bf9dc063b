//! Kubernetes' own `$(VAR)` in command, args and env, before any shell sees it.

/// `$(NAME)` becomes the value, `$$` a dollar; an unknown name stays as it is written.
/// Source: third_party/forked/golang/expansion Expand
pub fn expand(text: &str, value_of: &mut dyn FnMut(&str) -> Option<String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('$') {
            out.push('$');
            rest = after;
        } else if let Some((name, after)) = reference(rest) {
            match value_of(name) {
                Some(value) => out.push_str(&value),
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
        let mut value_of = |name: &str| (name == "A").then(|| "1 $(B)".to_string());
        let rows = [
            ("x $(A) y", "x 1 $(B) y"),
            ("$$(A)", "$(A)"),
            ("$(UNKNOWN)", "$(UNKNOWN)"),
            ("$A ${A} $", "$A ${A} $"),
            ("$(A", "$(A"),
            ("期 $(A)", "期 1 $(B)"),
        ];
        for (text, want) in rows {
            assert_eq!(expand(text, &mut value_of), want);
        }
    }
}
