//! The namespace of a command: `-n`, `--namespace`, before or behind the verb.

/// The words without `-n default`. Lifepod keeps every object in that namespace, so a command
/// about another one is refused: any answer would be wrong.
pub fn only_default(words: Vec<String>) -> Result<Vec<String>, String> {
    let mut kept = Vec::new();
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        if word == "--" {
            kept.push(word);
            kept.extend(words);
            break;
        }
        let named = match word.as_str() {
            "-n" | "--namespace" => Some(
                words.next().ok_or_else(|| format!("error: flag needs an argument: {word}\n"))?,
            ),
            word => joined(word).map(str::to_string),
        };
        match named.as_deref() {
            None => kept.push(word),
            Some("default") => {}
            Some(other) => return Err(elsewhere(other)),
        }
    }
    Ok(kept)
}

/// The namespace of `-nshop`, `-n=shop`, `--namespace=shop`.
fn joined(word: &str) -> Option<&str> {
    let short = || word.strip_prefix("-n").filter(|rest| !rest.is_empty());
    let name = word.strip_prefix("--namespace=").or_else(short)?;
    Some(name.strip_prefix('=').unwrap_or(name))
}

fn elsewhere(name: &str) -> String {
    format!(
        "error: Lifepod keeps every object in the namespace \"default\", there is nothing in \
         {name:?}: leave the namespace away\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_namespace_default_can_be_asked_for() {
        let of = |line: &str| {
            only_default(line.split(' ').map(str::to_string).collect()).map(|all| all.join(" "))
        };
        assert_eq!(of("-n default get pods").as_deref(), Ok("get pods"));
        assert_eq!(of("get pods --namespace=default -o name").as_deref(), Ok("get pods -o name"));
        assert_eq!(of("exec web -- nc -n x").as_deref(), Ok("exec web -- nc -n x"));
        assert_eq!(of("delete pod x --now").as_deref(), Ok("delete pod x --now"));
        for line in ["get pods -n shop", "get -nshop pods", "run x --namespace shop", "get po -n"] {
            assert!(of(line).is_err_and(|e| e.starts_with("error: ")), "{line}");
        }
    }
}
