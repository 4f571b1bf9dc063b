//! The panes of the page. On a wide screen all are seen; on a narrow one they are tabs.

use crate::ui::markup::prelude::*;

use crate::base::Lang;
use crate::ui::browser;
use crate::ui::i18n::{Text, exercise, frame, inspector};

/// A pane.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Pane {
    /// The manifest.
    Editor,
    /// The cluster.
    #[default]
    Stage,
    /// The lanes.
    Timeline,
    /// The decisions.
    Why,
    /// kubectl.
    Kubectl,
    /// One object.
    Inspector,
    /// The exercise that is open, if any.
    Exercise,
}

impl Pane {
    /// All, in the order of the tabs.
    pub const ALL: [Pane; 7] = [
        Pane::Exercise,
        Pane::Editor,
        Pane::Stage,
        Pane::Timeline,
        Pane::Why,
        Pane::Kubectl,
        Pane::Inspector,
    ];

    /// A word for ids and class names.
    pub const fn code(self) -> &'static str {
        match self {
            Pane::Editor => "editor",
            Pane::Stage => "stage",
            Pane::Timeline => "timeline",
            Pane::Why => "why",
            Pane::Kubectl => "kubectl",
            Pane::Inspector => "inspector",
            Pane::Exercise => "exercise",
        }
    }

    const fn title(self) -> Text {
        match self {
            Pane::Editor => frame::PANE_EDITOR,
            Pane::Stage => frame::PANE_STAGE,
            Pane::Timeline => frame::PANE_TIMELINE,
            Pane::Why => frame::PANE_WHY,
            Pane::Kubectl => frame::KUBECTL,
            Pane::Inspector => inspector::TITLE,
            Pane::Exercise => exercise::EXERCISE,
        }
    }

    /// The pane `steps` tabs further of `all`, around the ends.
    fn beside(self, steps: usize, all: &[Pane]) -> Pane {
        let at = all.iter().position(|p| *p == self).unwrap_or(0);
        all[(at + steps) % all.len()]
    }
}

/// What the tabs show and whom they tell.
#[derive(Properties, PartialEq)]
pub struct TabsProps {
    /// The pane that is seen.
    pub pane: Pane,
    /// The panes there are, at least one.
    pub panes: Vec<Pane>,
    /// The language of the titles.
    pub lang: Lang,
    /// Another pane.
    pub on_pane: Callback<Pane>,
}

/// The tabs (the style sheet hides them where all panes are seen).
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let onkeydown = {
        let (on_pane, pane, all) = (props.on_pane.clone(), props.pane, props.panes.clone());
        Callback::from(move |event: KeyboardEvent| {
            let steps = match event.key().as_str() {
                "ArrowRight" => 1,
                "ArrowLeft" => all.len() - 1,
                _ => return,
            };
            event.prevent_default();
            // From the tab with the focus: the one before it may not be drawn yet.
            let here = browser::focused_after("tab-");
            let here = all.iter().find(|one| here.as_deref() == Some(one.code()));
            let next = here.unwrap_or(&pane).beside(steps, &all);
            on_pane.emit(next);
            browser::focus(&format!("[data-testid=tab-{}]", next.code()));
        })
    };
    html! {
        <div class="tabs" role="tablist" aria-label={frame::PANES.get(props.lang)} {onkeydown}>
            { for props.panes.iter().map(|pane| tab(*pane, props)) }
        </div>
    }
}

fn tab(pane: Pane, props: &TabsProps) -> Html {
    let chosen = pane == props.pane;
    html! {
        <button type="button" role="tab" key={pane.code()} id={format!("tab-{}", pane.code())}
            data-testid={format!("tab-{}", pane.code())} aria-selected={chosen.to_string()}
            aria-controls={format!("pane-{}", pane.code())}
            tabindex={if chosen { "0" } else { "-1" }}
            onclick={props.on_pane.reform(move |_| pane)}>
            { pane.title().get(props.lang) }
        </button>
    }
}

/// A pane's frame. Stage and timeline are landmarks of their own, so theirs is none.
pub fn framed(pane: Pane, lang: Lang, inside: Html) -> Html {
    let class = classes!("pane", format!("pane-{}", pane.code()));
    let id = format!("pane-{}", pane.code());
    if matches!(pane, Pane::Stage | Pane::Timeline) {
        return html! { <div {class} {id} tabindex="-1">{ inside }</div> };
    }
    html! {
        <section {class} {id} tabindex="-1" aria-label={pane.title().get(lang)}>{ inside }</section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tabs_go_round() {
        let two = [Pane::Stage, Pane::Why];
        assert_eq!(Pane::Why.beside(1, &two), Pane::Stage);
        assert_eq!(Pane::Stage.beside(two.len() - 1, &two), Pane::Why);
        assert_eq!(Pane::Inspector.beside(1, &Pane::ALL), Pane::Exercise);
    }
}
