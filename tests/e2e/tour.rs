//! The first minute: a running example, a tour that leads through it, and never again.

use crate::page::Page;

fn step(page: &Page) -> String {
    page.attribute("tour", "data-step").unwrap_or_default()
}

fn next(page: &Page, name: &str) {
    page.press("Enter");
    page.wait_until(name, || step(page) == name);
}

/// Waits until time holds at `moment`, or a frame later.
fn holds(page: &Page, moment: &str) {
    page.wait_until("the moment", || page.value("time").as_str() >= moment);
    let at = page.value("time");
    std::thread::sleep(std::time::Duration::from_millis(400));
    assert_eq!(page.value("time"), at, "time holds");
}

/// Where everything of the page stands that is not part of the tour.
fn places(page: &Page) -> serde_json::Value {
    page.eval(
        "return ['header', '.panes', '.pane-editor', '.transport'].map((css) => {\
         const r = document.querySelector(css).getBoundingClientRect();\
         return [r.left, r.top, r.width, r.height].join(' ') })",
    )
}

#[test]
fn a_first_visit_is_led_through_the_run_by_keyboard_in_both_languages() {
    for address in ["?lang=en", "?lang=zh"] {
        let page = Page::open_first(address);
        page.wait_for("tour");
        page.wait_until("the example to run", || page.value("time").as_str() > "0:01");
        let before = places(&page);
        page.tab_to("tour-next");
        next(&page, "probe");
        holds(&page, "0:45.6");
        let dots = "return document.querySelectorAll('.probe .dot.filled').length";
        assert_eq!(page.eval(dots), 3);
        next(&page, "grace");
        page.wait_until("the ring", || page.has("grace"));
        holds(&page, "1:01.0");
        assert!(page.has("grace") && page.has("signal"));
        next(&page, "why");
        page.wait_for("why-detail");
        let lit = "return document.querySelector('.why-row.selected').dataset.rule";
        assert_eq!(page.eval(lit), "probe.liveness-kills");
        next(&page, "back");
        page.wait_until("the past", || page.value("time") == "0:40.5");
        assert_eq!(page.eval(dots), 2);
        next(&page, "try");
        assert_eq!(places(&page), before, "nothing shifts");
        page.wait_until("the focus", || page.focus() == "tour-next");
        page.press("Enter");
        page.wait_until("the end", || !page.has("tour"));
        page.go(address);
        page.wait_for("look-for");
        assert!(!page.has("tour"), "never again");
        assert_eq!(page.errors(), Vec::<String>::new());
    }
}

#[test]
fn it_is_skipped_by_one_key_and_comes_back_only_when_asked_for() {
    let page = Page::open_first("?lang=en");
    page.wait_for("tour");
    page.tab_to("tour-skip");
    page.press("Escape");
    page.wait_until("it to go", || !page.has("tour"));
    page.go("?lang=en&autoplay=0&scenario=liveness-trap");
    page.wait_for("look-for");
    assert!(!page.has("tour"));
    page.press("?");
    page.wait_for("take-tour");
    page.click("take-tour");
    page.wait_for("tour");
    assert_eq!(step(&page), "yaml");
    page.wait_until("its scenario", || page.value("editor").contains("name: liveness"));
}

#[test]
fn who_wants_less_motion_sees_each_moment_at_once() {
    let page = Page::open_first("?lang=en&autoplay=0");
    assert!(!page.has("tour"), "an address that asks for something gets just that");
    page.emulate(&[("prefers-reduced-motion", "reduce")]);
    page.go("?lang=en");
    page.wait_for("tour");
    page.click("tour-next");
    page.wait_until("the moment", || page.value("time") == "0:45.6");
    page.click("tour-back");
    page.wait_until("the first step", || step(&page) == "yaml");
}
