//! Two runs side by side, by keyboard alone, in both languages.

use crate::page::Page;

fn is_open(page: &Page) -> bool {
    let code = "return document.querySelector('[data-testid=compare-dialog]').open";
    page.eval(code).as_bool() == Some(true)
}

/// Chooses the option of this value in a list that has the focus.
fn choose(page: &Page, list: &str, value: &str) {
    page.eval(&format!(
        "const list = document.querySelector('[data-testid={list}]');
         list.value = '{value}';
         list.dispatchEvent(new Event('change', {{bubbles: true}}));"
    ));
}

fn to(page: &Page, seconds: &str) {
    page.fill("time", seconds);
    page.press("Enter");
    page.wait_until("the moment", || page.value("time").contains(seconds));
    page.tab_to("stage");
}

#[test]
fn a_branch_is_compared_and_its_difference_gone_to() {
    let page = Page::open("?lang=en&autoplay=0");
    page.wait_for_text("get-pods", |text| text.contains("liveness"));
    to(&page, "50");
    to(&page, "8");
    page.press("d");
    page.wait_for_text("get-pods", |text| text.contains("Terminating"));
    page.press("c");
    page.wait_until("the dialog", || is_open(&page));
    let said = page.wait_for_text("compare-summary", |text| !text.is_empty());
    assert!(said.starts_with("Same until 8 s; then A: ") && said.contains("; B: "), "{said}");
    page.wait_until("lanes of both", || {
        let code = "return document.querySelectorAll('.cmp-pair svg [role=img]').length";
        page.eval(code).as_u64().is_some_and(|count| count >= 6)
    });
    page.tab_to("compare-near");
    page.press("Enter");
    page.tab_to("compare-only");
    page.press("Enter");
    page.wait_until("all lanes", || {
        page.attribute("compare-only", "aria-pressed").as_deref() == Some("false")
    });
    page.tab_back_to("compare-go-1");
    page.press("Enter");
    page.wait_until("the dialog is closed", || !is_open(&page));
    page.wait_until("the moment of the difference", || page.value("time").starts_with("0:08.0"));
    assert_eq!(page.errors(), Vec::<String>::new());
}

#[test]
fn texts_and_scenarios_are_compared_and_a_refused_text_says_why() {
    let page = Page::open("?lang=zh&autoplay=0");
    page.wait_for_text("get-pods", |text| text.contains("liveness"));
    to(&page, "50");
    page.press("c");
    page.wait_until("the dialog", || is_open(&page));
    page.wait_for_text("compare-summary", |text| text.contains("两次运行相同"));
    page.tab_to("compare-1");
    choose(&page, "compare-1", "scenario liveness-trap");
    page.wait_for_text("compare-summary", |text| text.contains("之后 A："));
    page.press("Escape");
    page.wait_until("the dialog is closed", || !is_open(&page));
    page.fill("editor", "apiVersion: v1\nkind: Pod\n");
    page.tab_to("stage");
    page.press("c");
    page.wait_until("the dialog", || is_open(&page));
    page.wait_for_text("compare-refused", |text| text.contains("error"));
    assert_eq!(page.errors(), Vec::<String>::new());
}

/// The moments that the axis above both runs names.
fn axis(page: &Page) -> String {
    let code = "return [...document.querySelectorAll('.cmp-head .tl-time')]\
                .map((e) => e.textContent).join(' ')";
    page.eval(code).as_str().unwrap_or_default().to_owned()
}

/// Sends events to the lanes, at a pixel of their strip.
fn send(page: &Page, events: &str) {
    page.eval(&format!(
        "const lanes = document.querySelector('[data-testid=compare-lanes]');
         const strip = document.querySelector('.cmp-head .cmp-plot').getBoundingClientRect();
         const at = (x, y) => ({{ clientX: strip.left + x, clientY: strip.top + y, bubbles: true,
           cancelable: true, pointerId: 9, pointerType: 'mouse' }});
         {events}"
    ));
}

#[test]
fn the_lanes_are_zoomed_and_moved_by_wheel_drag_fingers_keys_and_buttons() {
    let page = Page::open("?lang=en&autoplay=0");
    page.wait_for_text("get-pods", |text| text.contains("liveness"));
    to(&page, "50");
    page.press("c");
    page.wait_until("the dialog", || is_open(&page));
    page.tab_to("compare-1");
    choose(&page, "compare-1", "scenario liveness-trap");
    page.wait_until("lanes of both", || axis(&page).contains("40s"));
    // The second run comes later than the first, and may be longer.
    let mut whole = String::new();
    page.wait_until("both to stay as they are", || {
        let before = std::mem::replace(&mut whole, axis(&page));
        std::thread::sleep(std::time::Duration::from_millis(400));
        before == whole
    });
    let changes = |what: &str, act: &dyn Fn()| {
        let before = axis(&page);
        act();
        page.wait_until(what, || axis(&page) != before);
    };
    let back = || {
        page.press("0");
        page.wait_until("the whole run", || axis(&page) == whole);
    };
    page.tab_to("compare-zoom-in");
    changes("a button to zoom", &|| page.press("Enter"));
    page.tab_to("compare-lanes");
    back();
    changes("a key to zoom", &|| page.press("+"));
    changes("a key to move", &|| page.press("Shift+ArrowRight"));
    changes("the other way", &|| page.press("Shift+ArrowLeft"));
    back();
    let wheel = "lanes.dispatchEvent(new WheelEvent('wheel', { ...at(200, 10), deltaY: -900 }))";
    changes("the wheel on the axis", &|| send(&page, wheel));
    let drag = "for (const [kind, x] of [['down', 300], ['move', 200], ['move', 60], ['up', 60]])
        lanes.dispatchEvent(new PointerEvent('pointer' + kind, at(x, 60)));";
    changes("a drag", &|| send(&page, drag));
    back();
    let pinch = "for (const [kind, id, x] of [['down', 1, 200], ['down', 2, 240], ['move', 2, 420],
        ['up', 1, 200], ['up', 2, 420]])
        lanes.dispatchEvent(new PointerEvent('pointer' + kind, { ...at(x, 60), pointerId: id }));";
    changes("two fingers", &|| send(&page, pinch));
    assert_eq!(page.errors(), Vec::<String>::new());
}
