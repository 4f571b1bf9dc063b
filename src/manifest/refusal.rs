//! The API server's own words for what decoding found.

use super::decode::{Finding, FindingKind};
use crate::api::quantity::FORMAT_ERROR;

/// What the API server says about `findings`, or `None` if it takes the document.
///
/// Source: apiserver handlers/rest.go transformDecodeError; sigs.k8s.io/json.
pub fn words(findings: &[Finding]) -> Option<String> {
    let ending = findings.iter().find(|f| ends(f));
    let first_wrong = findings.iter().find(|f| !matches!(f.kind, FindingKind::UnknownField(_)));
    if let Some(finding) = ending.or(first_wrong) {
        return Some(one(finding));
    }
    let unknown: Vec<String> = findings.iter().take(100).map(one).collect();
    (!unknown.is_empty()).then(|| format!("strict decoding error: {}", unknown.join(", ")))
}

/// Whether the reading of the document ends at `finding`, whatever was noted before.
fn ends(finding: &Finding) -> bool {
    match &finding.kind {
        FindingKind::BadQuantity | FindingKind::BadTime(_) => true,
        FindingKind::WrongType(wrong) => wrong.ends,
        FindingKind::UnknownField(_) | FindingKind::BadBase64(_) => false,
    }
}

fn one(finding: &Finding) -> String {
    match &finding.kind {
        FindingKind::UnknownField(_) => format!("unknown field {:?}", finding.path.to_string()),
        FindingKind::WrongType(w) => format!(
            "json: cannot unmarshal {} into Go struct field {}.{} of type {}",
            w.found, w.owner, w.go_path, w.go_type
        ),
        FindingKind::BadQuantity => FORMAT_ERROR.to_string(),
        FindingKind::BadTime(text) => format!(
            "parsing time {text:?} as \"2006-01-02T15:04:05Z07:00\": cannot parse {text:?} as \"2006\""
        ),
        FindingKind::BadBase64(at) => format!("illegal base64 data at input byte {at}"),
    }
}
