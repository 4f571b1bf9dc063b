//! The rules of the documents, by keyboard: from the browser of rules to the moment that shows one.

use crate::page::Page;

fn is_open(page: &Page) -> bool {
    let code = "return document.querySelector('[data-testid=library-dialog]').open";
    page.eval(code).as_bool() == Some(true)
}

#[test]
fn a_rule_is_found_and_shown_by_keyboard() {
    for (address, word, shown) in [
        ("?lang=en&autoplay=0", "poststart.failure", "Show me: "),
        ("?lang=zh&autoplay=0", "postStart 失败", "展示："),
    ] {
        let page = Page::open(address);
        assert!(!page.requests().iter().any(|name| name.contains("/catalogue/")));
        page.tab_to("library");
        page.press("Enter");
        page.wait_until("the rules", || is_open(&page));
        page.wait_for("library-search");
        page.tab_to("library-search");
        page.fill("library-search", word);
        page.wait_for("show-me");
        assert!(page.text("rule").contains("hook.poststart.failure-kills"));
        page.tab_to("show-me");
        assert!(page.text("show-me").starts_with(shown));
        page.press("Enter");
        page.wait_until("the rules to close", || !is_open(&page));
        page.wait_for("why-detail");
        let lit = "return document.querySelector('.why-row.selected')?.dataset.rule ?? ''";
        assert_eq!(page.eval(lit).as_str(), Some("hook.post-start-failed"));
        page.tab_to("library");
        page.press("Enter");
        let count = page.wait_for_text("library-count", |text| !text.is_empty());
        assert!(count.contains("1"), "{count}");
        assert_eq!(page.errors(), Vec::<String>::new());
    }
}
