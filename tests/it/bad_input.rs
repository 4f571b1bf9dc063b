//! Bad input: a clear message with its place; the text stays; the running Pod is not touched.

use lifepod::base::{Lang, SimTime, Texts};
use lifepod::session::{Command, Session};

fn inputs() -> Vec<(&'static str, String)> {
    let bomb = {
        let mut text = String::from("a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (old, new) in "abcdefgh".chars().zip("bcdefghi".chars()) {
            let nine = vec![format!("*{old}"); 9].join(", ");
            text.push_str(&format!("{new}: &{new} [{nine}]\n"));
        }
        text
    };
    let pod = |line: &str| {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: app\n    \
             image: busybox\n{line}"
        )
    };
    vec![
        ("syntax error", "apiVersion: v1\nkind: Pod\nmetadata: {name: web\nspec:\n  - x\n".into()),
        ("unknown field", pod("    livenesProbe: {}\n")),
        ("wrong type", pod("    command: 7\n")),
        ("empty text", String::new()),
        ("5 MB of text", "# five megabytes of comment\n".repeat(190_000)),
        ("5 MB of one line", "x".repeat(5_000_000)),
        ("10,000 brackets", "[".repeat(10_000)),
        ("10,000 mappings", (0..10_000).map(|n| format!("{}a:\n", " ".repeat(n))).collect()),
        ("alias bomb", bomb),
        ("binary", "\u{0}\u{1}\u{7f}\u{fffd}".into()),
    ]
}

#[test]
fn bad_input_is_answered_and_touches_nothing() {
    let texts = Texts::compiled(Lang::En);
    for (name, text) in inputs() {
        let mut session = Session::new();
        session.apply(Command::Seek(SimTime::secs(12)));
        let before = (session.stage(), session.history().trace().rows.len());
        session.apply(Command::SetText(text.clone()));
        session.apply(Command::Apply);
        let editor = session.editor();
        assert!(editor.text == text, "{name}: the text must stay");
        let refused = editor.refused.clone().unwrap_or_default();
        assert!(refused.contains("rror"), "{name}: {refused:?}");
        if !text.is_empty() {
            let problem = editor.problems.first().unwrap_or_else(|| panic!("{name}: no problem"));
            assert!(problem.line >= 1 && problem.column >= 1, "{name}");
            assert!(!problem.message.tell(&texts).is_empty(), "{name}");
        }
        assert_eq!(session.stage(), before.0, "{name}: the running Pod was touched");
        assert_eq!(session.history().trace().rows.len(), before.1, "{name}");
    }
}

#[test]
fn a_mended_text_is_applied() {
    let mut session = Session::new();
    session.apply(Command::SetText("kind: Pod\n".into()));
    session.apply(Command::Apply);
    assert!(session.editor().refused.is_some());
    let text = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: other\nspec:\n  containers:\n  - name: a\n    \
                image: busybox:1.36\n    command: [sleep, '100']\n";
    session.apply(Command::SetText(text.into()));
    session.apply(Command::Apply);
    session.apply(Command::Seek(SimTime::secs(5)));
    assert!(session.editor().refused.is_none());
    assert!(session.transport().pods.contains(&"other".to_string()));
}

#[test]
fn a_live_pod_may_change_its_image_and_little_else() {
    let text = |image: &str, policy: &str| {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  restartPolicy: {policy}\n  \
             containers:\n  - name: a\n    image: {image}\n    command: [sleep, '1000']\n"
        )
    };
    let mut session = Session::new();
    session.apply(Command::Load(text("busybox:1.36", "Always")));
    session.apply(Command::Seek(SimTime::secs(5)));
    session.apply(Command::SetText(text("busybox:1.36", "Never")));
    session.apply(Command::Apply);
    let refused = session.editor().refused.clone().unwrap_or_default();
    assert!(refused.contains("pod updates may not change fields other than"), "{refused}");
    session.apply(Command::SetText(text("busybox:1.37", "Always")));
    session.apply(Command::Apply);
    assert_eq!(session.editor().refused, None);
    assert!(session.transport().echo.iter().any(|e| e.answer == "pod/p configured\n"));
    session.apply(Command::Seek(SimTime::secs(60)));
    let restarts = session.stage().pods[0].containers[0].restarts;
    assert_eq!(restarts, 1, "a new image restarts the container");
}
