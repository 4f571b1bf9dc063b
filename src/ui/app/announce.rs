//! What is said aloud of what happens.

use crate::base::Lang;
use crate::session::Command;
use crate::session::view::{EditorView, StageView, TransportView};
use crate::ui::clock_text::spoken;
use crate::ui::i18n::frame;
use crate::ui::keys::speed_text;
use crate::ui::live::Kind;

/// What to say after `command`; typing and scrubbing speak for themselves, and an apply is told
/// by [`applied`].
pub fn after(command: &Command, view: &TransportView, lang: Lang) -> Option<(Kind, String)> {
    let at = spoken(view.cursor, lang);
    let speed = speed_text(view.speed);
    let (kind, text) = match command {
        Command::Delete { pod, .. } => (Kind::Act, frame::SAID_DELETED.fill(lang, &[("pod", pod)])),
        Command::Play | Command::Pause | Command::TogglePlay if view.playing => {
            (Kind::Act, frame::SAID_PLAYING.fill(lang, &[("speed", &speed)]))
        }
        Command::Play | Command::Pause | Command::TogglePlay => {
            (Kind::Act, frame::SAID_PAUSED.fill(lang, &[("t", &at)]))
        }
        Command::SetSpeed(_) => (Kind::Act, frame::SAID_SPEED.fill(lang, &[("speed", &speed)])),
        Command::NextMark | Command::PreviousMark | Command::StepBy(_) => {
            (Kind::Time, frame::SAID_AT.fill(lang, &[("t", &at)]))
        }
        Command::Undo => (Kind::Act, frame::SAID_UNDONE.get(lang).to_string()),
        Command::Redo => (Kind::Act, frame::SAID_REDONE.get(lang).to_string()),
        Command::Restart | Command::Rerun => {
            (Kind::Act, frame::SAID_RESTARTED.get(lang).to_string())
        }
        Command::Say(words) => (Kind::Act, words.parts().1.to_string()),
        Command::Apply
        | Command::Kubectl(_)
        | Command::SetText(_)
        | Command::Caret(_)
        | Command::Seek(_)
        | Command::Select(_)
        | Command::LookAt(_)
        | Command::Inspect(_)
        | Command::Load(_)
        | Command::Open(_)
        | Command::RunUntil { .. }
        | Command::ToggleStop(_)
        | Command::SetEdge(_)
        | Command::GiveUp
        | Command::Bookmark(_)
        | Command::ToggleMarks(_)
        | Command::Branch(_)
        | Command::Exercise(_)
        | Command::Show { .. } => {
            return None;
        }
    };
    Some((kind, text))
}

/// The first line of kubectl's newest answer: the whole of it stands in the pane.
pub fn answered(view: &TransportView, lang: Lang) -> Option<(Kind, String)> {
    let echo = view.echo.last()?;
    let answer = echo.answer.lines().next().unwrap_or(&echo.args);
    let text = match echo.code {
        0 => frame::SAID_ANSWER.fill(lang, &[("answer", answer)]),
        code => frame::SAID_FAILED.fill(lang, &[("code", &code.to_string()), ("answer", answer)]),
    };
    Some((Kind::Act, text))
}

/// What to say after an apply, which may have been refused.
pub fn applied(editor: &EditorView, lang: Lang) -> (Kind, String) {
    let text = if editor.refused.is_some() {
        frame::REFUSED
    } else if editor.problems.iter().any(|problem| problem.is_error()) {
        frame::SAID_NOT_APPLIED
    } else {
        frame::SAID_APPLIED
    };
    (Kind::Act, text.get(lang).to_string())
}

/// Which lines the selected rule reads, if any.
pub fn lit(editor: &EditorView, lang: Lang) -> Option<(Kind, String)> {
    let (first, last) = (editor.lit_lines.first()?, editor.lit_lines.last()?);
    let lines = if first == last { first.to_string() } else { format!("{first}–{last}") };
    Some((Kind::Act, frame::LIT.fill(lang, &[("lines", &lines)])))
}

/// The status of each Pod, in a sentence; empty without Pods.
pub fn status(stage: &StageView, lang: Lang) -> String {
    let pods = stage.pods.iter().filter(|pod| pod.in_api);
    let said = pods.map(|pod| {
        let status = format!("{} {}", pod.status, pod.ready);
        frame::SAID_STATUS.fill(lang, &[("pod", &pod.name), ("status", &status)])
    });
    said.collect::<Vec<_>>().join("; ")
}

/// What is wrong with the text; empty if nothing is.
pub fn problems(editor: &EditorView, lang: Lang) -> String {
    let Some(first) = editor.problems.first() else { return String::new() };
    let (n, line) = (editor.problems.len().to_string(), first.line.to_string());
    let message = first.message.get(lang);
    frame::SAID_PROBLEMS.fill(lang, &[("n", &n), ("line", &line), ("message", &message)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SimTime;
    use crate::session::DeleteMode;

    #[test]
    fn acts_are_said_in_the_learners_language_and_typing_is_not() {
        let view =
            TransportView { cursor: SimTime::ms(46_500), speed: 40, ..TransportView::default() };
        let said = |command, lang| after(&command, &view, lang).map(|(_, text)| text);
        assert_eq!(said(Command::TogglePlay, Lang::En).as_deref(), Some("Paused at 46.5 s"));
        let delete = Command::Delete { pod: "web".to_string(), mode: DeleteMode::Now };
        assert_eq!(said(delete, Lang::Zh).as_deref(), Some("已请求删除 Pod web"));
        assert_eq!(said(Command::SetText(String::new()), Lang::En), None);
        assert_eq!(said(Command::Seek(SimTime::ZERO), Lang::En), None);
        assert_eq!(said(Command::StepBy(1), Lang::En).as_deref(), Some("At 46.5 s"));
    }

    #[test]
    fn only_what_is_wrong_is_said_of_the_text() {
        assert_eq!(problems(&EditorView::default(), Lang::En), "");
        let refused = EditorView { refused: Some("no".to_string()), ..EditorView::default() };
        assert_eq!(applied(&refused, Lang::En).1, "The API server refused it");
        let lit_lines = EditorView { lit_lines: vec![15, 17], ..EditorView::default() };
        assert!(lit(&lit_lines, Lang::En).is_some_and(|(_, said)| said.contains("15–17")));
        assert_eq!(lit(&EditorView::default(), Lang::En), None);
        assert_eq!(applied(&EditorView::default(), Lang::Zh).1, "已应用");
        assert_eq!(status(&StageView::default(), Lang::Zh), "");
    }
}
