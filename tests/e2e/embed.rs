//! Embeds: each option of the address, alone and broken.

use crate::page::Page;

fn panes(page: &Page) -> Vec<String> {
    let code = "return [...document.querySelectorAll('.pane')].filter((p) => p.offsetWidth > 0)\
                .map((p) => p.id.replace('pane-', ''))";
    let seen = page.eval(code);
    seen.as_array()
        .expect("a list")
        .iter()
        .map(|id| id.as_str().unwrap_or_default().into())
        .collect()
}

#[test]
fn every_option_of_an_embed_does_what_it_says() {
    let page = Page::open(
        "?embed=1&scenario=shutdown-graceful&lang=zh&theme=dark&t=12s&autoplay=0\
         &panes=stage,timeline",
    );
    page.resize(800, 450);
    page.wait_until("the moment", || page.value("time").starts_with("0:12"));
    assert!(!page.has("scenario") && !page.has("editor"), "no header, no editor");
    assert_eq!(panes(&page), ["stage", "timeline"]);
    assert_eq!(page.attribute("app", "class").map(|c| c.contains("embed")), Some(true));
    let root = "const e = document.documentElement; return e.lang + ' ' + e.dataset.theme";
    assert_eq!(page.eval(root), "zh-CN dark");
    let whole = page.attribute("open-full", "href").unwrap_or_default();
    assert!(whole.contains("scenario=shutdown-graceful") && !whole.contains("embed"), "{whole}");
    let over =
        "return document.documentElement.scrollWidth + ' ' + document.documentElement.scrollHeight";
    assert_eq!(page.eval(over), "800 450");
    assert_eq!(page.value("time"), "0:12.0", "it holds");
    assert_eq!(page.errors(), Vec::<String>::new());
}

#[test]
fn an_embed_plays_by_itself_and_remembers_nothing() {
    let page = Page::open_first("?embed=1&lang=en&t=20s");
    page.wait_until("time to run", || page.value("time").as_str() > "0:20.5");
    assert!(!page.has("tour"));
    page.resize(800, 450);
    page.click("tab-editor");
    page.fill("editor", "kind: Pod\n# of the embed\n");
    page.wait_for("dirty");
    assert!(page.eval("return localStorage.getItem('lifepod.text')").is_null());
    page.go("?lang=en&autoplay=0");
    assert!(!page.value("editor").contains("of the embed"));
}

#[test]
fn who_may_only_read_changes_nothing() {
    let page = Page::open("?embed=1&readonly=1&lang=en&autoplay=0&t=10s");
    page.wait_for("read-only");
    let text = page.value("editor");
    for part in ["apply", "rerun", "delete"] {
        assert!(!page.has(part), "{part}");
    }
    page.click("editor");
    page.press("x");
    page.press("Control+Enter");
    page.eval("document.activeElement.blur()");
    page.press("d");
    page.press("ArrowRight");
    page.wait_until("time to move", || page.value("time").starts_with("0:11"));
    assert_eq!(page.value("editor"), text);
    let echo = page.eval("return document.querySelector('[data-testid=echo]').textContent");
    assert!(echo.as_str().is_some_and(|text| !text.contains("delete")), "{echo}");
}

#[test]
fn what_an_address_gets_wrong_is_said_and_harms_nothing() {
    for (asked, told) in [
        ("t=soon", "t=soon"),
        ("t=9999999999999999h", "t=9999"),
        ("panes=moon", "panes=moon"),
        ("theme=%3Cscript%3Ealert(1)%3C/script%3E", "<script>"),
        ("scenario=../../../etc/passwd", "scenario=../"),
        ("readonly=maybe", "readonly=maybe"),
        ("scenario=no-such-scenario", "cannot be had"),
    ] {
        let page = Page::open(&format!("?embed=1&lang=en&autoplay=0&{asked}"));
        page.wait_for_text("notice", |text| text.contains(told));
        assert_eq!(panes(&page).len(), 5, "{asked}");
        let scripts = "return [...document.scripts].filter((s) => s.textContent).length";
        assert_eq!(page.eval(scripts), 0);
        let base = page.base();
        assert!(page.requests().iter().all(|name| name.starts_with(&base)));
    }
}
