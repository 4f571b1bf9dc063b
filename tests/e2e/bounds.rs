//! Scripts that run away leave the page alive: time goes on, backwards too.

use crate::page::Page;

#[test]
fn a_pod_of_runaway_scripts_leaves_the_page_alive() {
    for lang in ["en", "zh"] {
        let page = Page::open(&format!("?scenario=script-bounds&t=20s&lang={lang}"));
        page.wait_for("pod-runaway");
        page.wait_until("time goes on", || page.value("time").as_str() > "0:21");
        page.click("play");
        let there = page.value("time");
        page.click("prev-mark");
        page.wait_until("back in time", || page.value("time") < there);
        assert!(page.text("pod-runaway").contains("can't fork"), "the log is there");
        page.click("delete");
        page.click("play");
        page.wait_until("time goes on after the deletion", || page.value("time") > there);
        assert_eq!(page.errors(), Vec::<String>::new());
    }
}
