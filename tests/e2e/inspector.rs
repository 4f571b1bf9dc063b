//! The inspector by keyboard alone: its sides, the diff, copies and files, in both languages.

use crate::page::Page;

/// What the page has put into the clipboard and into files.
const SPY: &str = "window.kept = {copied: [], files: []};
    Object.defineProperty(navigator, 'clipboard', {value: {writeText: async text => {
        window.kept.copied.push(text);
    }}});
    const make = URL.createObjectURL;
    URL.createObjectURL = blob => {
        blob.text().then(text => window.kept.files.push(text));
        return make.call(URL, blob);
    };";

fn right_to(page: &Page, section: &str) {
    for _ in 0..9 {
        if page.focus() == format!("inspector-{section}") {
            return;
        }
        page.press("ArrowRight");
    }
    panic!("no tab {section}");
}

fn kept(page: &Page, what: &str) -> String {
    page.wait_until(what, || {
        page.eval(&format!("return window.kept.{what}.length > 0")).as_bool() == Some(true)
    });
    page.eval(&format!("return window.kept.{what}.at(-1)")).as_str().unwrap_or_default().to_owned()
}

#[test]
fn an_object_is_looked_at_from_all_sides_by_keyboard() {
    for (lang, title, copied) in [("en", "Inspector", "Copied"), ("zh", "检视", "已复制")] {
        let page = Page::open_after(SPY, &format!("?lang={lang}&autoplay=0"));
        page.wait_for_text("get-pods", |text| text.contains("liveness"));
        assert!(!page.has("inspector-body"), "it is closed at first");
        page.fill("time", "36");
        page.press("Enter");
        page.press("Escape");
        page.tab_to("stage");
        page.press("i");
        page.wait_for("inspector-body");
        page.wait_until("the tabs have the focus", || page.focus() == "inspector-describe");
        let heading = "return document.querySelector('#pane-inspector h2').textContent";
        assert_eq!(page.eval(heading).as_str(), Some(title));
        assert!(page.text("inspector-text").contains("QoS Class:"));
        right_to(&page, "yaml");
        page.wait_for("yaml");
        page.tab_to("since-change");
        page.press("Enter");
        page.wait_until("the change", || {
            let code = "return document.querySelectorAll('.diff-changed .diff-sign').length";
            page.eval(code).as_u64().is_some_and(|n| n > 3)
        });
        page.tab_back_to("inspector-yaml");
        for (section, part) in [
            ("conditions", "inspector-conditions-table"),
            ("events", "inspector-events-table"),
            ("logs", "logs-liveness-0"),
            ("files", "file-/etc/hosts"),
            ("processes", "inspector-processes-list"),
            ("network", "network"),
            ("resources", "resources"),
        ] {
            right_to(&page, section);
            page.wait_for(part);
        }
        page.press_at_once(&["ArrowLeft", "ArrowLeft", "ArrowRight", "ArrowRight"]);
        page.wait_for("resources");
        page.wait_until("each key counts from the one before", || {
            page.focus() == "inspector-resources"
        });
        page.tab_back_to("inspector-copy");
        page.press("Enter");
        assert!(kept(&page, "copied").contains("OOM-SCORE-ADJ"));
        page.wait_for_text("live", |text| text.contains(copied));
        page.tab_to("export-jsonl");
        page.press("Enter");
        let lines = kept(&page, "files");
        let first: serde_json::Value =
            serde_json::from_str(lines.lines().next().expect("a line")).expect("JSON");
        assert!(first["t"].is_number() && first["type"].is_string(), "{first}");
        page.tab_to("export-text");
        page.press("Enter");
        page.wait_until("the table", || kept(&page, "files").contains("$ kubectl apply"));
        page.tab_back_to("inspector-close");
        page.press("Enter");
        page.wait_until("it is closed", || !page.has("inspector-body"));
        assert_eq!(page.errors(), Vec::<String>::new());
    }
}

#[test]
fn a_node_is_inspected_from_the_stage_and_time_leads_through_its_changes() {
    let page = Page::open("?lang=en&autoplay=0");
    page.wait_for_text("get-pods", |text| text.contains("liveness"));
    page.tab_to("inspect-Node-node-1");
    page.press("Enter");
    page.wait_for_text("inspector-text", |text| text.contains("Allocatable:"));
    assert!(!page.has("inspector-files"), "a node has no such side");
    page.tab_back_to("inspector-object");
    page.eval(
        "const list = document.querySelector('[data-testid=inspector-object]');
         list.value = 'Pod/liveness';
         list.dispatchEvent(new Event('change', {bubbles: true}));",
    );
    page.wait_for_text("inspector-text", |text| text.contains("QoS Class:"));
    page.click("inspector-events");
    page.wait_for("inspector-events-table");
    page.eval("document.querySelector('#pane-inspector .insp-table .link').focus()");
    page.press("Enter");
    page.wait_for("inspector-events-table");
    assert_eq!(page.errors(), Vec::<String>::new());
}

#[test]
fn on_a_phone_the_inspector_is_a_tab() {
    let page = Page::open("?lang=zh&autoplay=0");
    page.wait_for_text("get-pods", |text| text.contains("liveness"));
    let file = std::env::temp_dir().join("lifepod-inspector-phone.png");
    page.screenshot(&file, 390, 844);
    page.click("tab-stage");
    page.press("ArrowLeft");
    page.press("ArrowLeft");
    page.wait_for("inspector-body");
    page.wait_until("the tabs keep the focus", || page.focus() == "tab-inspector");
    let wide = "return document.documentElement.scrollWidth";
    assert!(page.eval(wide).as_u64().is_some_and(|width| width <= 390));
    page.press("ArrowRight");
    page.wait_until("it is closed with its tab", || !page.has("inspector-body"));
    assert_eq!(page.errors(), Vec::<String>::new());
}
