//! Time on the page: run until something comes, loops, bookmarks, branches; by keyboard alone.

use crate::page::Page;

fn open(lang: &str) -> Page {
    let page = Page::open(&format!("?lang={lang}&autoplay=0"));
    page.wait_for("pod-liveness");
    page
}

/// Opens "run until …", looks for `search` and takes the first.
fn run_until(page: &Page, search: &str, at_once: bool) {
    let is_open = || page.eval("return !!document.querySelector('dialog[open]')") == true;
    // What was opened before keeps its keys until the browser has closed it.
    page.wait_until("no dialog is open", || !is_open());
    page.press("g");
    page.wait_until("the dialog is open", is_open);
    page.tab_to("until-at-once");
    let checked = page.eval("return document.activeElement.checked").as_bool();
    if checked != Some(at_once) {
        page.press("Space");
    }
    page.tab_back_to("until-search");
    page.type_in(search);
    page.press("Enter");
}

fn live_says(page: &Page, words: &str) {
    page.wait_until(&format!("it is said: {words}"), || {
        let said = page.eval("return document.querySelector('[data-testid=live]').textContent");
        said.as_str().is_some_and(|said| said.contains(words))
    });
}

fn stops_at_the_signal(lang: &str, stopped: &str, failed: &str) {
    let page = open(lang);
    run_until(&page, "SIGTERM", true);
    let tale = page.wait_for_text("tale", |text| text.contains("SIGTERM"));
    assert!(tale.contains(stopped) && tale.contains(failed), "{tale}");
    assert_eq!(page.value("time"), "0:45.3");
    live_says(&page, stopped);
    page.press("Escape");
    page.wait_for_text("tale", str::is_empty);
    assert_eq!(page.errors(), Vec::<String>::new());
}

#[test]
fn time_stops_at_the_signal_and_says_why_in_english() {
    stops_at_the_signal("en", "Stopped at 45.3 s: SIGTERM is sent", "3 probes failed");
}

#[test]
fn time_stops_at_the_signal_and_says_why_in_chinese() {
    stops_at_the_signal("zh", "停在 45.3 秒：发出 SIGTERM", "探测失败 3 次");
}

#[test]
fn playing_stops_by_itself_and_a_search_finds_rules_and_times() {
    let page = open("en");
    page.press("]");
    page.press("]");
    run_until(&page, "8s", false);
    page.wait_for_text("tale", |text| text.contains("Stopped at 8 s"));
    assert_eq!(page.value("time"), "0:08.0");
    run_until(&page, "probe.liveness-kills", true);
    page.wait_for_text("tale", |text| text.contains("Stopped at 45"));
    run_until(&page, "in phase Succeeded", true);
    page.wait_for_text("tale", |text| text.contains("Not within 10 min"));
    assert_eq!(page.value("time"), "0:45.3", "it stays where it was");
}

#[test]
fn enter_takes_what_is_typed_even_before_it_is_drawn() {
    let page = open("en");
    page.press("g");
    page.tab_to("until-search");
    page.eval(
        "const field = document.activeElement; field.value = '8s'; \
         field.dispatchEvent(new InputEvent('input', { bubbles: true })); \
         field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))",
    );
    page.wait_for_text("tale", |text| text.contains("Stopped at 8 s"));
}

#[test]
fn a_breakpoint_stops_time_each_time() {
    let page = open("en");
    page.press("g");
    page.tab_to("until-search");
    page.type_in("Unhealthy");
    page.tab_to("until-stop");
    page.press("Enter");
    page.wait_for("stops");
    page.press("Escape");
    for _ in 0..6 {
        page.press("]");
    }
    for at in ["0:35.3", "0:40.3"] {
        page.press("Space");
        page.wait_for_text("tale", |text| text.contains("Event Unhealthy"));
        assert_eq!(page.value("time"), at);
    }
}

#[test]
fn a_stretch_is_looped_and_given_up() {
    let page = open("en");
    for key in ["ArrowRight", "(", "ArrowRight", "ArrowRight", ")", "]", "]", "Space"] {
        page.press(key);
    }
    page.wait_for_text("tale", |text| text.contains("0:01.0 to 0:03.0"));
    for _ in 0..40 {
        let at = page.value("time");
        assert!(at.as_str() >= "0:01.0" && at.as_str() <= "0:03.0", "{at}");
    }
    page.press("Escape");
    page.wait_until("time goes on", || page.value("time").as_str() > "0:04.0");
}

#[test]
fn from_mark_to_mark_and_a_quarter_of_real_time() {
    let page = open("en");
    page.tab_to("speed-quarter");
    page.press("Enter");
    let pressed = || page.attribute("speed-quarter", "aria-pressed");
    page.wait_until("a quarter", || pressed().as_deref() == Some("true"));
    page.tab_to("speed-marks");
    page.press("Enter");
    page.tab_back_to("play");
    page.press("Enter");
    page.wait_for_text("tale", |text| text.contains("On the way"));
    page.wait_for_text("why-list", |text| text.contains("Container started"));
}

#[test]
fn acting_in_the_past_forks_and_the_tree_leads_back() {
    let page = open("en");
    for _ in 0..10 {
        page.press("ArrowRight");
    }
    page.press("d");
    page.wait_for_text("get-pods", |text| text.contains("Terminating"));
    page.press("b");
    page.wait_for_text("branches", |text| text.contains("kubectl delete pod liveness"));
    page.tab_to("branch-0");
    page.press("Enter");
    page.wait_until("the first branch is shown", || {
        page.attribute("branch-0", "aria-current").as_deref() == Some("true")
    });
    page.press("Escape");
    page.wait_for_text("get-pods", |text| !text.contains("Terminating"));
    page.press("u");
    page.wait_for_text("get-pods", |text| text.contains("Terminating"));
}

#[test]
fn bookmarks_are_named_gone_to_and_in_the_link() {
    let page = open("en");
    for _ in 0..5 {
        page.press("ArrowRight");
    }
    page.press("m");
    page.press("Home");
    page.press(">");
    page.wait_until("the bookmark is gone to", || page.value("time") == "0:05.0");
    page.press("b");
    page.tab_to("bookmark-name");
    page.type_in("five");
    page.press("Tab");
    page.press("Escape");
    page.press("Home");
    page.tab_to("share");
    page.press("Enter");
    page.wait_for_text("notice", |text| text.contains("address bar"));
    let link = page.eval("return location.hash").as_str().expect("a fragment").to_string();
    page.go(&format!("?lang=zh&autoplay=0{link}"));
    page.wait_for("bookmark");
    page.press("b");
    page.wait_until("the name came too", || page.value("bookmark-name") == "five");
    page.tab_to("bookmark-drop");
    page.press("Enter");
    page.wait_until("it is gone", || !page.has("bookmark-go"));
}

/// As time runs, each mark that is passed is told in its place, at a pace that can be read; its
/// card is one key away, and a screen reader is not told of each.
#[test]
fn a_mark_that_is_passed_is_told_and_leads_to_its_card() {
    for (lang, kill) in [("en", "gives up"), ("zh", "放弃")] {
        let page = Page::open(&format!("?lang={lang}&autoplay=0"));
        let height = "return document.querySelector('[data-testid=transport]').offsetHeight";
        let before = page.eval(height);
        page.click("speed-10");
        page.click("play");
        page.wait_for("passing");
        assert_eq!(page.eval(height), before, "nothing moves");
        page.tab_to("passing-card");
        page.wait_until("the kill", || {
            page.attribute("passing", "data-rule").as_deref() == Some("probe.liveness-kills")
        });
        page.press("Enter");
        page.wait_for("why-detail");
        let row = "return document.activeElement.closest('.why-row.selected')?.dataset.rule ?? ''";
        page.wait_until("the card to have the focus", || page.eval(row) == "probe.liveness-kills");
        let stopped = page.value("time");
        std::thread::sleep(std::time::Duration::from_millis(300));
        assert_eq!(page.value("time"), stopped, "time waits for the reader");
        let live = "return document.querySelector('[data-testid=live]').textContent";
        let live = page.eval(live).as_str().unwrap_or_default().to_string();
        assert!(page.text("passing").contains(kill) && !live.contains(kill), "{live}");
        assert_eq!(page.errors(), Vec::<String>::new());
    }
}
