//! The program comes in two files (`src/ui/rest.rs`): the second after the page shows something.

use crate::page::Page;

/// What to do when the first moment calls what the first file does not have.
const ANEW: &str = "the second file is asked for too early: run `cargo dev first`";

/// The page's own `fetch` of the second file does this.
fn fetching(what: &str) -> String {
    format!(
        "const load = window.fetch;\
         window.fetch = (from, ...more) => \
         String(from).includes('lifepod_rest') && {what} : load(from, ...more);"
    )
}

/// How the second file was asked for, each time.
fn asked(page: &Page) -> String {
    let code = "return performance.getEntriesByType('resource')\
                .filter(e => e.name.includes('lifepod_rest')).map(e => e.initiatorType).join()";
    page.eval(code).as_str().unwrap_or_default().to_owned()
}

fn runs(page: &Page) -> bool {
    page.text("get-pods").contains("Running")
}

fn is_said(page: &Page) -> bool {
    page.eval("return !document.getElementById('rest-missing').hidden") == true
}

#[test]
fn nothing_waits_for_the_second_file_when_the_page_opens() {
    let page = Page::open("?lang=en");
    page.wait_until("the container runs", || runs(&page));
    assert_eq!(asked(&page), "fetch", "{ANEW}");
    assert!(!is_said(&page));
}

#[test]
fn what_a_learner_does_before_the_second_file_is_there_loads_it() {
    let page = Page::open_after(&fetching("true ? new Promise(() => {})"), "?lang=en&autoplay=0");
    assert_eq!(asked(&page), "", "{ANEW}");
    page.wait_until("the container runs", || {
        page.click("next-mark");
        runs(&page)
    });
    assert_eq!(asked(&page), "xmlhttprequest");
    assert_eq!(page.errors(), Vec::<String>::new());
}

#[test]
fn time_waits_for_the_second_file_which_is_tried_again() {
    let until = fetching("!window.reachable ? Promise.reject(new Error('no'))");
    let page = Page::open_after(&until, "");
    page.wait_until("it is said", || is_said(&page));
    page.eval("window.reachable = true");
    page.wait_until("it is there", || !is_said(&page));
    page.wait_until("the container runs", || runs(&page));
    assert_eq!(asked(&page), "fetch");
}
