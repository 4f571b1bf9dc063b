//! The frame, rendered without a browser from views built by hand.

mod editor;
mod inspector;
mod kubectl;
mod picker;
mod transport;
mod why;

use futures::executor::block_on;
use yew::{BaseComponent, LocalServerRenderer};

/// The HTML of a component.
fn html<C: BaseComponent>(props: C::Properties) -> String {
    block_on(LocalServerRenderer::<C>::with_props(props).hydratable(false).render())
}

/// The start tag that holds `data-testid="id"`.
fn tag<'a>(html: &'a str, id: &str) -> &'a str {
    let at =
        html.find(&format!("data-testid=\"{id}\"")).unwrap_or_else(|| panic!("no {id}: {html}"));
    let start = html[..at].rfind('<').expect("a tag begins before its attributes");
    let end = at + html[at..].find('>').expect("a tag ends");
    &html[start..=end]
}
