//! Links: a run is handed on and opened again, and a broken link harms nothing.

use crate::page::Page;

#[test]
fn a_link_opens_the_same_moment_of_the_same_run() {
    let page = Page::open("?lang=en&autoplay=0&scenario=shutdown-graceful");
    page.wait_for_text("look-for", |text| !text.is_empty());
    for _ in 0..12 {
        page.press("ArrowRight");
    }
    page.tab_to("share");
    page.press("Enter");
    page.wait_for_text("notice", |text| text.contains("address bar"));
    let link = page.eval("return location.hash").as_str().expect("a fragment").to_string();
    assert!(link.starts_with("#v1.") && link.len() < 2000, "{link}");
    let (clock, text) = (page.text("time"), page.value("editor"));
    page.go(&format!("?lang=zh&autoplay=0{link}"));
    page.wait_for_text("notice", |text| text.contains("链接"));
    assert_eq!((page.text("time"), page.value("editor")), (clock, text));
    let kubectl = page.eval("return document.getElementById('pane-kubectl').textContent");
    assert!(kubectl.as_str().is_some_and(|text| text.contains("delete pod web")), "{kubectl}");
    assert_eq!(page.errors(), Vec::<String>::new());
}

#[test]
fn a_broken_link_says_so_and_the_page_works_on() {
    for link in ["#v1.AAAA", "#v1.not*base64", "#v9.AAAA", "#v1."] {
        let page = Page::open(&format!("?lang=en&autoplay=0{link}"));
        page.wait_for_text("notice", |text| text.contains("cannot be read"));
        assert!(page.value("editor").contains("kind: Pod"));
        assert_eq!(page.errors(), Vec::<String>::new());
    }
}
