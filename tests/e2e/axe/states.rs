//! The states, each opened anew: those that `cargo dev shots --all` takes pictures of.

use super::findings;
use crate::page::Page;
use crate::states::{STATES, State};

/// What is found in each state in a page of this size with these options.
fn visit(place: &str, (width, height): (u32, u32), options: &str, wanted: fn(&State) -> bool) {
    let page = Page::start();
    page.resize(width, height);
    look(&page, place, options, wanted);
}

fn look(page: &Page, place: &str, options: &str, wanted: fn(&State) -> bool) {
    let mut all = Vec::new();
    for state in STATES.iter().filter(|state| wanted(state)) {
        page.reach(options, state);
        all.extend(findings(page, &format!("{place}, {}", state.name)));
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

fn is_embed(state: &State) -> bool {
    state.name.starts_with("embed")
}

/// What a sheet of other colours could hide: the rest differs in structure alone.
fn is_coloured(state: &State) -> bool {
    const ALL: [&str; 9] = [
        "killed",
        "why",
        "deployment",
        "inspector-yaml",
        "kubectl-error",
        "rule",
        "compare",
        "bad-text",
        "exercise-missed",
    ];
    ALL.contains(&state.name)
}

#[test]
fn no_state_of_a_desktop_has_a_serious_finding() {
    visit("desktop, light, en", (1440, 900), "lang=en&theme=light", |state| !is_embed(state));
}

#[test]
fn no_state_of_a_phone_has_a_serious_finding() {
    visit("phone, dark, zh", (390, 844), "lang=zh&theme=dark", |state| !is_embed(state));
}

#[test]
fn no_state_of_an_embed_has_a_serious_finding() {
    visit("embed, light, zh", (800, 450), "lang=zh&theme=light", is_embed);
    visit("embed, dark, en", (800, 450), "lang=en&theme=dark", is_embed);
}

#[test]
fn no_state_of_a_tablet_has_one_with_more_contrast() {
    let page = Page::start();
    page.resize(820, 1180);
    page.emulate(&[("prefers-contrast", "more")]);
    for theme in ["light", "dark"] {
        let options = format!("lang=en&theme={theme}");
        look(&page, &format!("more contrast, {theme}"), &options, is_coloured);
    }
}

/// The system's own colours are as they are; what is left to be seen is the rest.
#[test]
fn no_coloured_state_has_one_in_forced_colours() {
    let page = Page::start();
    page.resize(1440, 900);
    page.emulate(&[("forced-colors", "active")]);
    look(&page, "forced colours", "lang=en", is_coloured);
}
