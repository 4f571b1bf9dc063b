//! The list of decisions: few are drawn, all are reached.

use crate::page::Page;

fn number(page: &Page, code: &str) -> u64 {
    page.eval(&format!("return Number({code})")).as_u64().unwrap_or_default()
}

#[test]
fn tab_goes_through_all_decisions_though_few_are_drawn() {
    let page = Page::open("?lang=en&autoplay=0");
    page.wait_for("pod-liveness");
    page.fill("time", "10:00");
    page.press("Enter");
    let all = "document.querySelector('.why-list > li')?.getAttribute('aria-setsize')";
    page.wait_until("many decisions", || number(&page, all) > 60);
    let drawn = "document.querySelectorAll('.why-list > li').length";
    assert!(number(&page, drawn) < number(&page, all) / 2);
    page.eval("document.querySelector('.why-list button').focus()");
    let here = "document.activeElement.closest('[data-line]')?.getAttribute('aria-posinset')";
    for place in 1..=number(&page, all) {
        page.wait_until("the next one has the focus", || number(&page, here) == place);
        page.press("Tab");
    }
    assert_eq!(number(&page, here), 0, "Tab leaves the list behind the last one");
}

#[test]
fn the_focus_stays_in_the_list_as_it_is_scrolled_away() {
    let page = Page::open("?lang=en&autoplay=0");
    page.wait_for("pod-liveness");
    page.fill("time", "10:00");
    page.press("Enter");
    let last =
        "[...document.querySelectorAll('.why-list > li')].pop()?.getAttribute('aria-posinset')";
    page.wait_until("many decisions", || number(&page, last) > 10);
    page.eval("document.querySelectorAll('.why-list button')[3].focus()");
    let line = "document.activeElement.closest('[data-line]')?.dataset.line";
    let (focused, before) = (number(&page, line), number(&page, last));
    page.eval("document.querySelector('.why-scroll').scrollTo(0, 3000)");
    page.wait_until("others are drawn", || number(&page, last) > before);
    assert_eq!(number(&page, line), focused);
    let top = "document.querySelector('.why-scroll').scrollTop";
    assert_eq!(number(&page, top), 3000, "the list does not jump");
}
