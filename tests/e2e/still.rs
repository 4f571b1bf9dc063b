//! Nothing shifts by itself: not while the page loads, not while time runs; and the example of a
//! first visit is soon there.

use crate::page::Page;

/// Keeps every shift that nobody asked for, from the first moment on, and when the tour came. The
/// log of decisions and the line of messages are not looked at: their newest stand first, so the
/// others move on.
const WATCH: &str = "window.shifts = [];
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('.why-list, .ticker { visibility: hidden }');
    document.adoptedStyleSheets = [sheet];
    new PerformanceObserver((list) => list.getEntries().forEach((shift) => {
      if (!shift.hadRecentInput) window.shifts.push([shift.value, performance.now() | 0,
        shift.sources.map(({ node, previousRect: a, currentRect: b }) =>
          `${node?.className || node?.nodeName} ${b.x - a.x | 0},${b.y - a.y | 0}`).join('; ')])
    })).observe({ type: 'layout-shift', buffered: true });
    const seen = new MutationObserver(() => {
      if (document.querySelector('[data-testid=tour]')) {
        window.toured = performance.now(); seen.disconnect() } });
    seen.observe(document, { childList: true, subtree: true });";

/// The cumulative layout shift, as browsers measure it: the worst window of at most five seconds
/// in which shifts follow each other within a second.
fn shifted(page: &Page) -> f64 {
    let worst = "let worst = 0, sum = 0, first = 0, last = -9e9;
        for (const [value, at] of window.shifts) {
          if (at - last > 1000 || at - first > 5000) { sum = 0; first = at }
          sum += value; last = at; worst = Math.max(worst, sum) }
        return worst";
    page.eval(worst).as_f64().expect("a sum")
}

fn visit(lang: &str, (width, height): (u32, u32)) {
    let page = Page::start();
    page.resize(width, height);
    page.run_first(WATCH);
    page.go(&format!("?lang={lang}"));
    page.wait_for("tour");
    let toured = page.eval("return window.toured").as_f64().unwrap_or(f64::NAN);
    println!("{lang} {width}x{height}: the tour came after {toured:.0} ms");
    page.wait_until("time to run", || page.value("time").as_str() > "0:01");
    page.click("tour-skip");
    page.wait_until("no tour", || !page.has("tour"));
    // Through a kill, a restart and what comes of it; keys speed it up, but not so much that five
    // seconds hold a life.
    for _ in 0..3 {
        page.press("]");
    }
    page.wait_until("the kill and more", || page.value("time").as_str() > "2:30");
    let shifts = page.eval("return window.shifts");
    let worst = shifted(&page);
    println!("{lang} {width}x{height}: shifted by {worst:.4}");
    let told: Vec<String> =
        shifts.as_array().expect("a list").iter().map(ToString::to_string).collect();
    assert!(worst < 0.01, "{lang} {width}x{height}: {worst}\n{}", told.join("\n"));
}

#[test]
fn nothing_shifts_on_a_desktop() {
    visit("en", (1440, 900));
}

#[test]
fn nothing_shifts_on_a_tablet() {
    visit("zh", (820, 1180));
}

#[test]
fn nothing_shifts_on_a_phone() {
    visit("en", (390, 844));
}
