//! A Pod's life on the page, as a learner drives it: in both languages and editors, by mouse and
//! by keyboard.

use crate::page::{EDITORS, Page};

/// A Pod that fails its liveness probe after some seconds and ignores SIGTERM.
const DOOMED: &str = "\
apiVersion: v1
kind: Pod
metadata:
  name: doomed
spec:
  terminationGracePeriodSeconds: 5
  containers:
  - name: app
    image: busybox:1.36
    command: [sh, -c, 'trap \"\" TERM; touch /tmp/h; sleep 4; rm /tmp/h; sleep 600']
    livenessProbe:
      exec: {command: [cat, /tmp/h]}
      periodSeconds: 2
      failureThreshold: 2
";

fn restarts(page: &Page) -> u32 {
    let text = page.text("restarts-app");
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}

/// Edit, run anew, play at 10×, see the restart, step back before it, delete, step to both signals.
fn live(page: &Page) {
    page.click("restart");
    page.fill("editor", DOOMED);
    page.click("apply");
    page.wait_for("pod-doomed");
    page.click("speed-10");
    page.click("play");
    page.wait_until("the restart count rises", || restarts(page) >= 1);
    page.click("play");
    let mut steps = 0;
    while restarts(page) > 0 {
        page.click("prev-mark");
        steps += 1;
        assert!(steps < 60, "sixty steps back and the restart is still there");
    }
    page.click("delete");
    page.wait_for_text("get-pods", |text| text.contains("Terminating"));
    // The list shows what is in view, so each is looked for as it comes.
    for signal in ["SIGTERM", "SIGKILL"] {
        let mut steps = 0;
        while !page.text("why-list").contains(signal) {
            page.click("next-mark");
            steps += 1;
            assert!(steps < 60, "sixty steps on and there is no {signal}");
        }
    }
    page.click("play");
    page.wait_for_text("get-pods", |text| text.contains("No resources found"));
    assert_eq!(page.errors(), Vec::<String>::new());
}

#[test]
fn a_pod_fails_its_probe_restarts_and_is_killed_in_english() {
    for editor in EDITORS {
        live(&Page::open(&format!("?lang=en&autoplay=0&editor={editor}")));
    }
}

#[test]
fn a_pod_fails_its_probe_restarts_and_is_killed_in_chinese() {
    let page = Page::open("?lang=zh&autoplay=0");
    assert!(page.text("app").chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)));
    live(&page);
}

#[test]
fn the_keyboard_alone_suffices() {
    for editor in EDITORS {
        by_keyboard(&Page::open(&format!("?lang=en&autoplay=0&editor={editor}")));
    }
}

fn by_keyboard(page: &Page) {
    page.tab_to("editor");
    page.replace_all(DOOMED);
    page.tab_to("rerun");
    page.press("Enter");
    page.wait_for("pod-doomed");
    page.tab_to("speed-10");
    page.press("Enter");
    page.wait_until("the restart count rises", || restarts(page) >= 1);
    page.tab_back_to("play");
    page.press("Enter");
    page.tab_back_to("prev-mark");
    let mut steps = 0;
    while restarts(page) > 0 {
        page.press("Enter");
        steps += 1;
        assert!(steps < 60, "sixty steps back and the restart is still there");
    }
    page.tab_to("delete");
    page.press("Enter");
    page.wait_for_text("get-pods", |text| text.contains("Terminating"));
    page.tab_back_to("undo");
    page.press("Enter");
    page.wait_for_text("get-pods", |text| !text.contains("Terminating"));
}

#[test]
fn what_a_live_pod_cannot_take_may_run_anew() {
    for editor in EDITORS {
        anew(&Page::open(&format!("?lang=en&autoplay=0&editor={editor}")));
    }
}

fn anew(page: &Page) {
    page.wait_for("pod-liveness");
    let text = page.value("editor").replace("periodSeconds: 5", "periodSeconds: 2");
    page.fill("editor", &text);
    page.click("apply");
    page.wait_for_text("refused", |said| said.contains("pod updates may not change fields"));
    page.click("refused-rerun");
    page.wait_until("the refusal is gone", || !page.has("refused"));
    assert_eq!(page.value("editor"), text);
    assert!(page.has("pod-liveness"));
}

#[test]
fn a_language_is_switched_without_losing_the_run() {
    let page = Page::open("?lang=en&autoplay=0");
    page.wait_for("pod-liveness");
    page.click("lang-zh");
    page.wait_until("the page speaks Chinese", || {
        page.eval("return document.documentElement.lang")
            .as_str()
            .is_some_and(|l| l.starts_with("zh"))
    });
    assert!(page.has("pod-liveness"));
    page.click("lang-en");
}

#[test]
fn bad_text_is_answered_in_place_and_stays() {
    for editor in EDITORS {
        answered(&Page::open(&format!("?lang=en&autoplay=0&editor={editor}")));
    }
}

fn answered(page: &Page) {
    page.wait_for("pod-liveness");
    let texts = [
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web\nspec: x\n",
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  contianers: []\n",
        &"[".repeat(10_000),
    ];
    for text in texts {
        page.fill("editor", text);
        page.wait_for("problem");
        page.click("apply");
        page.wait_for("refused");
        assert_eq!(page.value("editor"), text);
        assert!(page.has("pod-liveness"), "the running Pod is untouched");
    }
}

/// Five megabytes, pasted: the message is on screen soon (the time is printed), the text stays,
/// the running Pod is untouched and time goes on.
#[test]
fn five_megabytes_are_answered() {
    for editor in EDITORS {
        megabytes(&Page::open(&format!("?lang=en&autoplay=0&editor={editor}")));
    }
}

fn megabytes(page: &Page) {
    page.wait_for("pod-liveness");
    page.click("editor");
    page.press("Control+a");
    page.eval(
        "const area = document.activeElement.shadowRoot?.activeElement ?? document.activeElement;
         const data = new DataTransfer();
         data.setData('text/plain', '# five megabytes\\n'.repeat(310000));
         const paste = new ClipboardEvent('paste',
             {clipboardData: data, bubbles: true, cancelable: true});
         const before = performance.now();
         area.dispatchEvent(paste);
         const look = () => document.querySelector('[data-testid=problem]')
             ? window.took = performance.now() - before : requestAnimationFrame(look);
         requestAnimationFrame(look);",
    );
    page.wait_for("problem");
    page.wait_until("it was timed", || !page.eval("return window.took").is_null());
    println!("five megabytes: message after {} ms", page.eval("return window.took"));
    assert!(page.text("problem").contains("1:1"), "{}", page.text("problem"));
    assert!(page.has("pod-liveness"), "the running Pod is untouched");
    let before = page.value("time");
    page.click("play");
    page.wait_until("time runs", || page.value("time") != before);
}
