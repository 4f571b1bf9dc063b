//! What cards say besides the rule's own text: what would have changed it, where it is written,
//! and what the documents say. Loaded when the first card is opened.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::base::json::{Value, fields, parse, read};
use crate::base::{Lang, Map, sort_by_key};
use crate::ui::browser::fetch_text;
use crate::ui::library::{Rule, Rules};

/// What a card says of one rule.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CardText {
    /// What would have changed it.
    pub but: Option<String>,
    /// A page of the official documentation, by its name in [`CardTexts::pages`].
    pub page: Option<String>,
}
fields!(read CardText { but, page });

/// `rules/cards.LANG.json`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CardTexts {
    /// Titles of the documentation's pages.
    pub pages: Map<String, String>,
    /// What facts are called.
    pub facts: Map<String, String>,
    /// The rules.
    pub rules: Map<String, CardText>,
}
fields!(read CardTexts { pages, facts, rules });

/// The texts of the cards and the documents' rules, in one language.
#[derive(Debug, Default)]
pub struct Cards {
    /// The texts.
    pub texts: CardTexts,
    /// The documents' rules.
    pub documents: Rules,
}

/// There is one for each language; it is not compared word by word.
impl PartialEq for Cards {
    fn eq(&self, other: &Cards) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Cards {
    /// What a fact is called; its name, if there is no word for it.
    pub fn fact<'a>(&'a self, name: &'a str) -> &'a str {
        self.texts.facts.get(name).map_or(name, String::as_str)
    }

    /// What would have changed a decision.
    pub fn but(&self, rule: &str) -> Option<&str> {
        self.texts.rules.get(rule)?.but.as_deref()
    }

    /// The title of the documentation's page.
    pub fn page(&self, rule: &str) -> Option<&str> {
        let page = self.texts.rules.get(rule)?.page.as_ref()?;
        self.texts.pages.get(page).map(String::as_str)
    }

    /// The documents' rules that this one carries: those that it carries first in front, and of
    /// those the ones that need a word.
    pub fn carried(&self, rule: &str) -> Vec<&Rule> {
        let place = |doc: &&Rule| doc.engine.iter().position(|id| id == rule);
        let mut rules: Vec<&Rule> =
            self.documents.rules.iter().filter(|doc| place(doc).is_some()).collect();
        sort_by_key(&mut rules, |doc| (place(doc), doc.truth == "correct"));
        rules
    }
}

type Loaded = Result<Option<Rc<Cards>>, ()>;

/// The cards of a language, loaded once they are `wanted`; the error says that they could not be.
#[hook]
pub fn use_cards(lang: Lang, wanted: bool) -> Loaded {
    let state = use_state(|| (None::<Lang>, Loaded::Ok(None)));
    {
        let state = state.clone();
        use_effect_with((lang, wanted), move |(lang, wanted)| {
            let lang = *lang;
            if *wanted && (state.0 != Some(lang) || state.1.is_err()) {
                spawn_local(async move {
                    let cards = load(lang).await.map(|cards| Some(Rc::new(cards)));
                    state.set((Some(lang), cards.map_err(|_| ())));
                });
            }
        });
    }
    if state.0 == Some(lang) { state.1.clone() } else { Ok(None) }
}

async fn load(lang: Lang) -> Result<Cards, String> {
    let code = lang.code();
    let rules = json("./static/catalogue/rules.json").await?;
    let engine = json("./static/catalogue/engine.json").await?;
    let texts = json(&["./static/catalogue/", code, ".json"].concat()).await?;
    let cards = json(&["./static/rules/cards.", code, ".json"].concat()).await?;
    Ok(Cards { texts: read(&cards)?, documents: Rules::read(&rules, &texts, &engine) })
}

async fn json(address: &str) -> Result<Value, String> {
    parse(&fetch_text(address).await?).map_err(|error| error.message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_says_what_would_have_changed_it_and_which_rules_it_carries() {
        let file = |text: &str| parse(text).expect("JSON");
        let cards = Cards {
            texts: read(&file(include_str!("../../../static/rules/cards.zh.json"))).expect("cards"),
            documents: Rules::read(
                &file(include_str!("../../../static/catalogue/rules.json")),
                &file(include_str!("../../../static/catalogue/zh.json")),
                &file(include_str!("../../../static/catalogue/engine.json")),
            ),
        };
        assert_eq!(cards.fact("failures"), "连续失败次数");
        assert_eq!(cards.page("probe.liveness-kills"), Some("配置存活、就绪和启动探针"));
        assert!(cards.but("probe.liveness-kills").is_some());
        let carried = cards.carried("probe.liveness-kills");
        assert!(carried.iter().any(|rule| rule.id == "contradiction.liveness-restarts-what"));
        assert!(cards.carried("job.expires").is_empty());
    }
}
