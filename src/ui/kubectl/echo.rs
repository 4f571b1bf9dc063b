//! The commands that people gave so far, as a terminal would show them.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use crate::base::Lang;
use crate::session::view::KubectlEcho;
use crate::ui::browser;
use crate::ui::clock_text::clock;
use crate::ui::i18n::frame;

/// Older commands than this many are not shown.
const SHOWN: usize = 30;

/// Lines of so many letters fit into the narrowest pane.
const NARROW: usize = 32;

/// What the terminal shows.
#[derive(Properties, PartialEq)]
pub struct EchoesProps {
    /// The commands, oldest first.
    pub echo: Rc<Vec<KubectlEcho>>,
    /// The language of what stands beside them.
    pub lang: Lang,
}

/// The newest commands, newest first.
#[component]
pub fn Echoes(props: &EchoesProps) -> Html {
    let (echo, lang) = (&props.echo, props.lang);
    // Who asked on the command line sees the answer, also where the pane is low.
    use_effect_with(echo.len(), |_| {
        if browser::focused().is_some_and(|field| field.id() == "kubectl-line") {
            browser::bring_into_view(".echo > li");
        }
    });
    if echo.is_empty() {
        return html! { <p class="quiet">{ frame::ECHO_NONE.get(lang) }</p> };
    }
    html! {
        <ol class="echo" data-testid="echo" aria-label={frame::ECHO.get(lang)}>
            { for echo.iter().enumerate().rev().take(SHOWN).map(|(nth, one)| line(nth, one, lang)) }
        </ol>
    }
}

fn line(nth: usize, echo: &KubectlEcho, lang: Lang) -> Html {
    let answer = echo.answer.trim_end();
    // What is wider than the pane must be within the keyboard's reach.
    let wide = answer.lines().any(|line| line.chars().count() > NARROW).then_some("0");
    html! {
        <li key={nth}>
            <div class="command">
                <time>{ clock(echo.at) }</time>
                <code><span class="prompt">{ "kubectl " }</span>{ &echo.args }</code>
            </div>
            if !answer.is_empty() {
                <pre class={classes!("answer", (echo.code != 0).then_some("failed"))}
                    tabindex={wide}>{ answer }</pre>
            }
            if echo.running {
                <span class="running">{ frame::RUNNING.get(lang) }</span>
            }
            if echo.code != 0 {
                <span class="exit">
                    { frame::EXIT_CODE.fill(lang, &[("code", &echo.code.to_string())]) }
                </span>
            }
        </li>
    }
}
