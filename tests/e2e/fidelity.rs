//! The ledger, by keyboard: from the help and back to it, in both languages.

use crate::page::Page;

fn is_open(page: &Page, dialog: &str) -> bool {
    let code = format!("return document.querySelector('[data-testid={dialog}]').open");
    page.eval(&code).as_bool() == Some(true)
}

#[test]
fn the_ledger_opens_by_keyboard_and_gives_the_focus_back() {
    for (address, title, row) in
        [("?lang=en", "How true is this?", "all seven"), ("?lang=zh", "有多真实？", "七项全部")]
    {
        let page = Page::open(address);
        assert!(!page.requests().iter().any(|name| name.ends_with("fidelity.json")));
        page.press("?");
        page.wait_until("the help", || is_open(&page, "help-dialog"));
        page.tab_to("fidelity");
        page.press("Enter");
        page.wait_until("the ledger", || is_open(&page, "fidelity-dialog"));
        let text = page.wait_for_text("fidelity-dialog", |text| text.contains(row));
        assert!(text.contains(title), "{text}");
        page.press("Tab");
        let inside = "return document.activeElement.closest('dialog')?.dataset.testid ?? 'none'";
        assert_ne!(page.eval(inside).as_str(), Some("help-dialog"));
        page.press("Escape");
        page.wait_until("the ledger to close", || !is_open(&page, "fidelity-dialog"));
        assert!(is_open(&page, "help-dialog"), "only the ledger closes");
        page.wait_until("the focus", || page.focus() == "fidelity");
        page.press("Escape");
        page.wait_until("the help to close", || !is_open(&page, "help-dialog"));
        assert_eq!(page.errors(), Vec::<String>::new());
    }
}
