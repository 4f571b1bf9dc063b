//! The bandwidth that a Pod's annotations ask for, which the runtime reads when it makes the
//! sandbox and hands to the network plugins.
//!
//! Source: containerd internal/cri/bandwidth/utils.go, internal/cri/server/sandbox_run.go
//! toCNIBandWidth.
//! DIFFERENCE: the plugin `bandwidth`, where a node has it, holds back what is more; here, as on
//! nodes without it, nothing is held back.

use crate::api::quantity::Quantity;

/// Bytes that may come in and go out, as written: `kubernetes.io/ingress-bandwidth` and
/// `kubernetes.io/egress-bandwidth`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bandwidth {
    /// In bits a second.
    pub ingress: Option<String>,
    /// In bits a second.
    pub egress: Option<String>,
}

/// A kilobit and a petabit, in bits a second.
const REASONABLE: [i64; 2] = [1_000, 1_000_000_000_000_000];

impl Bandwidth {
    /// What annotations say; each is found by its whole key.
    pub fn of<'a>(annotation: impl Fn(&str) -> Option<&'a String>) -> Bandwidth {
        let found = |key: &str| annotation(&format!("kubernetes.io/{key}-bandwidth")).cloned();
        Bandwidth { ingress: found("ingress"), egress: found("egress") }
    }

    /// Whether nothing was asked for.
    pub fn is_none(&self) -> bool {
        *self == Bandwidth::default()
    }

    /// Why no network can be set up with it.
    pub fn error(&self) -> Option<String> {
        let all = [&self.ingress, &self.egress];
        let problem = all.into_iter().flatten().find_map(|text| problem(text))?;
        let reading = "get cni namespace options: reading pod bandwidth annotations";
        Some(format!("{reading}: {problem}"))
    }
}

fn problem(text: &str) -> Option<&'static str> {
    match Quantity::parse(text).map(Quantity::whole) {
        None => Some(
            "quantities must match the regular expression \
             '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
        ),
        Some(rate) if rate < REASONABLE[0] => Some("resource is unreasonably small (< 1kbit)"),
        Some(rate) if rate > REASONABLE[1] => Some("resource is unreasonably large (> 1Pbit)"),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_reasonable_rates_are_taken() {
        let error = |text: &str| {
            let said = text.to_string();
            Bandwidth::of(|key| Some(&said).filter(|_| key.contains("egress"))).error()
        };
        for text in ["1k", "10M", "1P", "1000"] {
            assert_eq!(error(text), None, "{text}");
        }
        for (text, part) in
            [("999", "small (< 1kbit)"), ("2P", "large (> 1Pbit)"), ("fast", "quantities must")]
        {
            let error = error(text).expect(text);
            assert!(error.starts_with("get cni namespace options: reading pod"), "{error}");
            assert!(error.contains(part), "{error}");
        }
    }
}
