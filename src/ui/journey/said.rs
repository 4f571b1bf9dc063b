//! What is said aloud of what the learner set up.

use crate::base::Lang;
use crate::session::view::JourneyView;
use crate::session::{Bookmarking, Command};
use crate::ui::clock_text::clock;
use crate::ui::i18n::timeline as t;
use crate::ui::why::RuleTexts;

use super::words::aim_words;

/// What to say after `command`, if it is one of these; why time stopped is told by itself.
pub fn said(
    command: &Command,
    view: &JourneyView,
    rules: &RuleTexts,
    lang: Lang,
) -> Option<String> {
    Some(match command {
        Command::ToggleStop(aim) => {
            let set = view.stops.contains(aim);
            let text = if set { t::SAID_STOP_SET } else { t::SAID_STOP_GONE };
            text.fill(lang, &[("aim", &aim_words(aim, rules, lang))])
        }
        Command::SetEdge(_) => {
            let [from, to] = [view.span.start, view.span.end].map(|at| at.map(clock));
            let text = if to.is_some() { t::SAID_LOOP } else { t::LOOP_START };
            let values = [from, to].map(Option::unwrap_or_default);
            text.fill(lang, &[("from", &values[0]), ("to", &values[1])])
        }
        Command::GiveUp => t::SAID_GIVEN_UP.get(lang).to_string(),
        Command::Bookmark(Bookmarking::Set) => t::SAID_BOOKMARK.get(lang).to_string(),
        Command::Bookmark(Bookmarking::Drop(_)) => t::SAID_BOOKMARK_GONE.get(lang).to_string(),
        Command::Branch(_) => {
            let shown = view.branches.iter().find(|branch| branch.shown)?;
            t::SAID_BRANCH.fill(lang, &[("deed", &super::ways::began(shown, lang))])
        }
        _ => return None,
    })
}
