//! The page opens. Also run against the page that Trunk builds.

use crate::page::Page;

#[test]
fn smoke_the_page_mounts_without_a_console_error() {
    let page = Page::open("?lang=en");
    assert_eq!(page.errors(), Vec::<String>::new());
}

#[test]
fn smoke_the_page_asks_no_other_host() {
    let page = Page::open("");
    let base = page.base();
    let requests = page.requests();
    assert!(requests.iter().any(|name| name.ends_with(".wasm")), "{requests:?}");
    assert!(requests.iter().all(|name| name.starts_with(&base)), "{requests:?}");
}

#[test]
fn smoke_the_page_obeys_a_strict_policy() {
    let page = Page::open("");
    page.eval("const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.head.append(s)");
    assert!(page.eval("return window.ran").is_null(), "an inline script ran");
    let errors = page.errors();
    assert!(errors.iter().any(|error| error.contains("Content Security Policy")), "{errors:?}");
}
