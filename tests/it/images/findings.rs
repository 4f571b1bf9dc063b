//! Annotations under `lifepod.dev/` and images that no registry has: what the editor and
//! `apply --diagnostics` say, and where.

use lifepod::base::{Lang, Texts};
use lifepod::manifest::read;
use lifepod::session::apply_answer::answer;
use lifepod::session::diagnostic_text::diagnostics;
use lifepod::session::findings::findings;

fn pod(annotations: &str, container: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  annotations:\n{annotations}spec:\n  \
         containers:\n  - name: app\n{container}"
    )
}

/// What is said of a Pod with these annotations: line, the text it points at, the words.
fn said(annotations: &str, container: &str) -> Vec<(String, String)> {
    let text = pod(annotations, container);
    let reading = read(&text);
    assert!(reading.diagnostics.is_empty(), "{:?}", reading.diagnostics);
    let found = findings(&text, &reading.documents[0]);
    let texts = Texts::compiled(Lang::En);
    let row = |f: &lifepod::session::findings::Finding| {
        assert!(!f.rule.is_empty());
        (text[f.span.start..f.span.end].to_string(), f.message.tell(&texts))
    };
    found.iter().map(row).collect()
}

#[test]
fn a_mistake_is_pointed_at_inside_of_the_value() {
    let nginx = "    image: nginx\n";
    for (annotation, culprit, words) in [
        ("lifepod.dev/app.start: soon", "soon", "`soon` is no time"),
        ("lifepod.dev/app.start: \"3\"", "3", "`3` is no time"),
        ("lifepod.dev/http: \"/a=200,999@3s\"", "999", "`999` is no answer"),
        ("lifepod.dev/http: '/a=200, 500'", "500", "`500` needs a later time than the one before"),
        ("lifepod.dev/app.signals: TERM=die", "die", "`die` is no reaction to a signal"),
        ("lifepod.dev/app.memory: 64MB", "64MB", "`64MB` is no amount of bytes"),
        ("lifepod.dev/app.htpp: /=200", "lifepod.dev/app.htpp", "lifepod.dev/ has no word `htpp`"),
        ("lifepod.dev/web.start: 3s", "lifepod.dev/web.start", "the Pod has no container `web`"),
    ] {
        let found = said(&format!("    {annotation}\n"), nginx);
        assert_eq!(found, [(culprit.to_string(), words.to_string())], "{annotation}");
    }
}

#[test]
fn what_is_right_or_not_ours_says_nothing() {
    let all = "    lifepod.dev/app.start: 3s\n    lifepod.dev/app.http: \"/healthz=200,500@10s\"\n    \
               lifepod.dev/app.signals: TERM=exit 0 after 3s; HUP=ignore\n    \
               lifepod.dev/memory: 64Mi, 300Mi@60s\n    example.com/app.start: soon\n";
    assert_eq!(said(all, "    image: nginx\n"), []);
}

#[test]
fn words_about_a_program_need_one() {
    let script = "    image: busybox\n    command: [sh, -c, sleep 9]\n";
    let found = said("    lifepod.dev/start: 3s\n    lifepod.dev/memory: 64Mi\n", script);
    assert_eq!(found.len(), 1);
    assert!(found[0].1.starts_with("`start` has no effect here"), "{found:?}");
}

#[test]
fn images_that_no_registry_has_are_named() {
    let none = "    a: b\n";
    let one = |image: &str| said(none, &format!("    image: {image}\n"));
    assert_eq!(one("nginx:1.27"), []);
    assert_eq!(one("acme/shop:2"), []);
    let [(culprit, words)] = &one("ngnix")[..] else { panic!("one finding") };
    assert_eq!(culprit, "ngnix");
    assert_eq!(words, "docker.io/library/ngnix:latest: Docker Hub has no such image");
    assert!(one("nginx:nope")[0].1.ends_with("the image has no such tag"));
    assert_eq!(said("    lifepod.dev/pull: 3s\n", "    image: myapp\n"), []);
}

#[test]
fn the_terminal_shows_it_as_a_warning_in_both_languages_and_kubectl_takes_the_pod() {
    let text = pod("    lifepod.dev/app.start: soon\n", "    image: nginx\n");
    assert_eq!(answer(&text, "pod.yaml").code, 0);
    let told = |lang| diagnostics(&text, "pod.yaml", lang, &|_| None);
    let want = "warning[note.annotation]: `soon` is no time\n --> pod.yaml:6:28\n  |\n6 |     \
                lifepod.dev/app.start: soon\n  |                            ^^^^\n  = help: \
                write it like 500ms, 3s, 1m30s\n";
    assert_eq!(told(Lang::En), want);
    assert!(told(Lang::Zh).contains("`soon` 不是时间"), "{}", told(Lang::Zh));
}

#[test]
fn the_documentation_tells_what_there_is() {
    for text in [
        include_str!("../../../docs/ANNOTATIONS.md"),
        include_str!("../../../docs/ANNOTATIONS.zh.md"),
    ] {
        let words: Vec<&str> =
            text.lines().filter_map(|l| l.strip_prefix("| `")?.split('`').next()).collect();
        assert_eq!(words, lifepod::shell::behaviour::Behaviour::WORDS);
        let blocks: Vec<&str> = text.split("```").skip(1).step_by(2).collect();
        let example = blocks[0].strip_prefix("yaml\n").expect("it is YAML");
        let reading = read(example);
        assert!(reading.diagnostics.is_empty(), "{:?}", reading.diagnostics);
        assert_eq!(findings(example, &reading.documents[0]), []);
        let images = blocks[1].strip_prefix("yaml\n").expect("it is YAML");
        let scenario = format!("manifest: |\n  kind: Pod\n{images}");
        let scenario = lifepod::course::Scenario::read(&scenario).expect("it can be read");
        assert_eq!(scenario.images.len(), 3);
    }
}

#[test]
fn templates_of_pods_are_looked_at_too() {
    let text = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    \
                matchLabels: {a: b}\n  template:\n    metadata:\n      labels: {a: b}\n      \
                annotations: {lifepod.dev/start: soon}\n    spec:\n      containers:\n      \
                - {name: app, image: ngnix}\n";
    let reading = read(text);
    let document = &reading.documents[0];
    let spans: Vec<&str> =
        findings(text, document).iter().map(|f| &text[f.span.start..f.span.end]).collect();
    assert_eq!(spans, ["soon", "ngnix"], "what cannot be read does not make an image");
}
