//! The kubectl command line, as a learner types into it: by keyboard alone, in both languages.

use crate::page::Page;

/// Types a line into the command line and runs it by Enter.
fn run(page: &Page, line: &str) {
    page.fill("console", line);
    page.press("Enter");
}

#[test]
fn commands_are_answered_as_kubectl_answers_them() {
    let page = Page::open("?lang=en&autoplay=0");
    page.wait_for_text("get-pods", |text| text.contains("liveness"));
    run(&page, "kubectl get pods -o name");
    page.wait_for_text("echo", |text| text.contains("pod/liveness"));
    page.wait_until("the line to be taken", || page.value("console").is_empty());
    run(&page, "get gizmo");
    let gizmo = "error: the server doesn't have a resource type \"gizmo\"";
    page.wait_for_text("echo", |text| text.contains(gizmo) && text.contains("exit 1"));
    run(&page, "wait --for=condition=Ready pod/liveness");
    page.wait_for_text("echo", |text| text.contains("pod/liveness condition met"));
    run(&page, "describe pod liveness");
    page.wait_for_text("echo", |text| text.contains("QoS Class:"));
    run(&page, "label pod liveness tier=front");
    page.wait_for_text("echo", |text| text.contains("pod/liveness labeled"));
    run(&page, "get pods --show-labels");
    page.wait_for_text("echo", |text| text.contains("tier=front"));
    run(&page, "frobnicate");
    page.wait_for_text("echo", |text| text.contains("There are: annotate,"));
    run(&page, "delete pod liveness --now");
    page.wait_for_text("get-pods", |text| text.contains("Terminating"));
    assert_eq!(page.errors(), Vec::<String>::new());
}

#[test]
fn a_pod_in_another_namespace_is_found_and_deleted_there() {
    let page = Page::open("?lang=en&autoplay=0");
    page.fill(
        "editor",
        "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n---\n\
         apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\n\
         spec: {containers: [{name: app, image: nginx}]}\n",
    );
    page.click("rerun");
    page.wait_for("pod-web");
    page.wait_for_text("pod-web", |text| text.contains("in shop"));
    run(&page, "get pods -n sh");
    page.wait_for_text("echo", |text| text.contains("No resources found in sh namespace."));
    run(&page, "get pods -n shop -o name");
    page.wait_for_text("echo", |text| text.contains("pod/web"));
    page.click("delete-menu");
    page.wait_for_text("delete-now", |text| text.contains("kubectl delete pod web --now -n shop"));
    page.click("delete-now");
    page.wait_for_text("echo", |text| text.contains("\"web\" deleted from shop namespace"));
    assert_eq!(page.errors(), Vec::<String>::new());
}

#[test]
fn the_keyboard_reaches_completes_recalls_and_leaves_the_line() {
    let page = Page::open("?lang=zh&autoplay=0");
    page.wait_for_text("get-pods", |text| text.contains("liveness"));
    page.press("k");
    page.wait_until("the key brings the focus", || page.focus() == "console");
    assert_eq!(page.attribute("console", "aria-label").as_deref(), Some("一条 kubectl 命令"));
    for letter in ["d", "e", "s"] {
        page.press(letter);
    }
    page.press("Tab");
    page.wait_until("the verb is completed", || page.value("console") == "describe ");
    for letter in ["p", "o", "d"] {
        page.press(letter);
    }
    page.press("Tab");
    page.wait_for_text("console-options", |text| text.contains("podtemplates"));
    page.fill("console", "describe pods ");
    page.press("Tab");
    page.wait_until("the name is completed", || page.value("console") == "describe pods liveness ");
    page.press("Enter");
    page.wait_for_text("echo", |text| text.contains("Tolerations:"));
    page.press("ArrowUp");
    page.wait_until("it is recalled", || page.value("console") == "describe pods liveness");
    page.press("ArrowDown");
    page.wait_until("the draft is back", || page.value("console").is_empty());
    page.fill("console", "get po");
    page.press("Escape");
    page.press("Tab");
    page.wait_until("no trap", || page.focus() == "console-run");
    assert_eq!(page.errors(), Vec::<String>::new());
}

#[test]
fn watching_and_following_go_on_with_time() {
    let page = Page::open("?lang=en&autoplay=0");
    page.wait_for_text("get-pods", |text| text.contains("liveness"));
    run(&page, "get pods -w");
    page.wait_for_text("echo", |text| text.contains("still running"));
    page.click("next-mark");
    page.click("speed-10");
    page.click("play");
    page.wait_for_text("echo", |text| text.contains("ContainerCreating") && text.contains("1/1"));
    page.click("play");
    run(&page, "logs liveness -f");
    page.wait_until("the watch has ended", || {
        page.text("echo").matches("still running").count() == 1
    });
    assert_eq!(page.errors(), Vec::<String>::new());
}
