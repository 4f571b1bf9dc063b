//! What lies behind the text area: line numbers, lit lines, tinted text. Only the lines in view
//! are made, however long the text is.

use std::ops::Range;
use std::rc::Rc;

use crate::ui::markup::prelude::*;

use super::soon::soon_text;
use super::tint::{Ink, tint};
use crate::base::{Lang, LineIndex, Span, sort};
use crate::session::view::{EditorView, ExerciseView, Level, LiveView};
use crate::ui::exercise::short_edit;

/// Height of a line in CSS pixels; the style sheet has the same.
pub const LINE_PX: i32 = 20;
/// More lines than any screen shows.
const LINES_MADE: usize = 120;
/// Longer lines are left to the text area alone, in one colour.
pub const TINTED_COLUMNS: usize = 1000;

/// What the backdrop shows.
#[derive(Properties, PartialEq)]
pub struct BackdropProps {
    /// The editor.
    pub view: Rc<EditorView>,
    /// What of its text is at work.
    pub live: Rc<LiveView>,
    /// The exercise that the text belongs to.
    pub exercise: Option<Rc<ExerciseView>>,
    /// The language of countdowns.
    pub lang: Lang,
    /// Where the lines of its text start.
    pub index: Rc<LineIndex>,
    /// Whether the text is drawn here (else the text area shows it itself).
    pub tinted: bool,
    /// How far the text area is scrolled, in pixels: left, top.
    pub scroll: (i32, i32),
}

/// The backdrop.
#[component]
pub fn Backdrop(props: &BackdropProps) -> Html {
    let node = use_node_ref();
    let (left, top) = props.scroll;
    {
        let node = node.clone();
        use_effect_with((left, top, props.view.clone()), move |_| {
            if let Some(element) = node.cast::<web_sys::Element>() {
                element.set_scroll_left(left);
                element.set_scroll_top(top % LINE_PX);
            }
        });
    }
    let first = usize::try_from(top / LINE_PX).unwrap_or(0) + 1;
    let last = (first + LINES_MADE).min(props.index.lines() + 1);
    html! {
        <div class="backdrop" ref={node} aria-hidden="true">
            <div class="rows">
                { for (first..last).map(|line| row(props, line)) }
                <div class="row rest"></div>
            </div>
        </div>
    }
}

fn row(props: &BackdropProps, line: usize) -> Html {
    let view = &props.view;
    let lit = view.lit_lines.binary_search(&line).is_ok() || view.lit_lines.contains(&line);
    let soon = props.live.soon.iter().find(|soon| soon.line == line);
    let worst = view.problems.iter().filter(|p| p.line == line).map(|p| p.level).max();
    let class = classes!(
        "row",
        lit.then_some("lit"),
        props.exercise.as_ref().map(|exercise| part_class(exercise, line)),
        props.live.acting.contains(&line).then_some("acting"),
        view.changed_lines.binary_search(&line).is_ok().then_some("changed"),
        worst.and_then(|level| match level {
            Level::Error => Some("has-error"),
            Level::Warning => Some("has-warning"),
            Level::Note => None,
        })
    );
    html! {
        <div {class} key={line}>
            <span class="number">{ line }</span>
            { if props.tinted { source(props, line) } else { Html::default() } }
            if let (true, Some(soon)) = (props.tinted, soon) {
                <span class="soon" data-testid="soon">{ soon_text(soon.what, props.lang) }</span>
            }
            if let (true, Some(said)) = (props.tinted, locked_said(props, line)) {
                <span class="soon broken" data-testid="broken">{ said }</span>
            }
        </div>
    }
}

/// Whether a line may be changed, or was though it may not.
fn part_class(exercise: &ExerciseView, line: usize) -> &'static str {
    if exercise.locked.iter().any(|edit| edit.line == line) {
        return "locked broken";
    }
    if exercise.open_lines.binary_search(&line).is_ok() { "open" } else { "locked" }
}

/// What was changed in a line that is locked.
fn locked_said(props: &BackdropProps, line: usize) -> Option<String> {
    let exercise = props.exercise.as_ref()?;
    let edit = exercise.locked.iter().find(|edit| edit.line == line)?;
    Some(short_edit(edit, props.lang))
}

fn source(props: &BackdropProps, line: usize) -> Html {
    let text = &props.view.text;
    let span = props.index.line_span(text, line);
    let code = text[span.start..span.end].trim_end_matches('\r');
    let wrong = props.view.problems.iter().filter(|p| p.level != Level::Note);
    let wrong: Vec<Range<usize>> = wrong.filter_map(|p| within(p.span, span)).collect();
    let pieces = tint(code).into_iter().flat_map(|(range, ink)| cut(range, ink, &wrong));
    html! {
        <span class="source">
            { for pieces.map(|(range, ink, wrong)| html! {
                <span class={classes!(ink_class(ink), wrong.then_some("wrong"))}>
                    { &code[range] }
                </span>
            }) }
        </span>
    }
}

/// The part of a problem's span that is in this line, from the line's start.
fn within(problem: Span, line: Span) -> Option<Range<usize>> {
    let start = problem.start.max(line.start);
    let end = problem.end.min(line.end);
    (start < end).then(|| start - line.start..end - line.start)
}

/// Cuts a piece where problems begin and end.
fn cut(piece: Range<usize>, ink: Ink, wrong: &[Range<usize>]) -> Vec<(Range<usize>, Ink, bool)> {
    let mut edges = vec![piece.start, piece.end];
    let inside = |at: &usize| piece.start < *at && *at < piece.end;
    edges.extend(wrong.iter().flat_map(|r| [r.start, r.end]).filter(inside));
    sort(&mut edges);
    edges.dedup();
    let pairs = edges.windows(2).map(|pair| pair[0]..pair[1]);
    pairs.map(|r| (r.clone(), ink, wrong.iter().any(|w| w.contains(&r.start)))).collect()
}

const fn ink_class(ink: Ink) -> &'static str {
    match ink {
        Ink::Plain => "y-plain",
        Ink::Key => "y-key",
        Ink::Mark => "y-mark",
        Ink::Literal => "y-literal",
        Ink::Quoted => "y-quoted",
        Ink::Comment => "y-comment",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_cut_out_of_the_pieces_it_touches() {
        let pieces = cut(0..10, Ink::Plain, &[3..5, 8..20]);
        let wrong: Vec<_> = pieces.iter().filter(|p| p.2).map(|p| p.0.clone()).collect();
        assert_eq!(wrong, [3..5, 8..10]);
        assert_eq!(pieces.len(), 4);
        assert_eq!(within(Span::new(0, 100), Span::new(10, 20)), Some(0..10));
        assert_eq!(within(Span::new(0, 5), Span::new(10, 20)), None);
    }
}
