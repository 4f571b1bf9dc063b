//! Every state of the page is looked at by axe-core, in both languages, themes and at each size,
//! with more contrast and with the system's own colours:
//! nothing serious and nothing critical is found.
//!
//! `axe.min.js` is axe-core 4.14.1 as it is published, under the Mozilla Public License 2.0 (its
//! header and LICENSE beside it); it serves these tests alone and is no part of the page.

mod states;

use crate::page::Page;

const AXE: &str = include_str!("axe.min.js");

/// Rules with every finding of the impact that counts; the size of targets is looked at too. What
/// an open menu or card lies on is not too small for that: it is a target again when it has gone.
const RUN: &str = "return axe.run(document, { rules: { 'target-size': { enabled: true } } })\
    .then(({ violations }) => violations\
      .filter((v) => v.impact === 'serious' || v.impact === 'critical')\
      .map((v) => ({ ...v, nodes: v.nodes.filter((n) => !(v.id === 'target-size' &&\
        n.any.some((c) => c.message.includes('obscured')))) }))\
      .filter((v) => v.nodes.length > 0)\
      .map((v) => `${v.id} (${v.impact}): ` + v.nodes.slice(0, 6).map((n) =>\
        n.target.join(' ') + ' ' + (n.any.concat(n.all, n.none)[0]?.message ?? '')).join(' | ')))";

/// What axe finds in the page as it is now; the state's name stands before each finding.
fn findings(page: &Page, state: &str) -> Vec<String> {
    if page.eval("return typeof window.axe").as_str() != Some("object") {
        page.eval(AXE);
    }
    let found = page.eval(RUN);
    let found = found.as_array().expect("a list").iter();
    found.map(|finding| format!("{state}: {}", finding.as_str().unwrap_or_default())).collect()
}
