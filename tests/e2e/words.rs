//! The page's words: one language at a time, and what is said when they cannot be had.

use crate::page::Page;

/// Lets the first `refused` requests for words fail.
fn failing(refused: usize) -> String {
    format!(
        "const load = window.fetch; window.nth = 0;\
         window.fetch = (from, ...more) => String(from).includes('/texts/') && nth++ < {refused} \
         ? Promise.reject(new Error('no')) : load(from, ...more);"
    )
}

fn words_asked_for(page: &Page) -> Vec<String> {
    let named = |name: &String| name.contains("/texts/");
    page.requests().into_iter().filter(named).collect()
}

#[test]
fn only_the_words_of_the_language_are_loaded() {
    let page = Page::open("?lang=zh&autoplay=0");
    let asked = words_asked_for(&page);
    assert!(!asked.is_empty() && asked.iter().all(|name| name.ends_with("/zh.json")), "{asked:?}");
    page.click("lang-en");
    page.wait_for_text("apply", |text| text.contains("Apply"));
    assert!(words_asked_for(&page).iter().any(|name| name.ends_with("/en.json")));
}

#[test]
fn words_that_cannot_be_loaded_are_owned_up_to_and_asked_for_again() {
    // The page asks twice by itself; the learner's click is the third time.
    let click = "setInterval(() => { const again = document.querySelector('[data-testid=again]');\
                 if (again) { window.said = document.body.innerText; again.click(); } }, 50);";
    let page = Page::open_after(&(failing(2) + click), "?lang=en&autoplay=0");
    let said = page.eval("return window.said");
    assert!(said.as_str().is_some_and(|text| text.contains("重试")), "{said}");
    assert!(page.text("apply").contains("Apply"));
}

#[test]
fn another_language_that_cannot_be_loaded_leaves_the_page_as_it_is() {
    let page = Page::open("?lang=en&autoplay=0");
    page.eval(&failing(2));
    page.click("lang-zh");
    page.wait_until("it is said", || {
        page.eval("return document.querySelector('header [role=alert]') !== null") == true
    });
    assert!(page.text("apply").contains("Apply"));
    page.click("lang-zh");
    page.wait_for_text("apply", |text| text.contains("应用"));
}
