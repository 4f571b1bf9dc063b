//! Content that is loaded when it is wanted: the page's words, scenarios, the rules' texts.

use std::rc::Rc;

use yew::html::Scope;

use super::message::Msg;
use super::root::App;
use crate::base::Lang;
use crate::session::Shared;
use crate::ui::browser::fetch_text;
use crate::ui::header::scenarios;
use crate::ui::i18n;
use crate::ui::library::Wanted;
use crate::ui::share;
use crate::ui::why::RuleTexts;

/// Asks for the page's own words in a language.
pub fn texts(link: &Scope<App>, lang: Lang) {
    link.send_future(async move {
        let address = ["./static/texts/", lang.code(), ".json"].concat();
        let json = fetch_text(&address).await;
        let taken = json.and_then(|json| i18n::install(lang, &json));
        if taken.is_ok() {
            return Msg::Texts(lang, taken);
        }
        // Perhaps the browser kept one of another version: ask past what it keeps.
        let json = fetch_text(&(address + "?anew")).await;
        Msg::Texts(lang, json.and_then(|json| i18n::install(lang, &json)))
    });
}

/// Asks for the list of scenarios.
pub fn scenarios(link: &Scope<App>) {
    link.send_future(async {
        let index = fetch_text("./static/scenarios/index.json").await;
        Msg::Scenarios(index.and_then(|json| scenarios::parse(&json)))
    });
}

/// Asks for a scenario's file.
pub fn scenario(link: &Scope<App>, name: String) {
    link.send_future(async move {
        let text = fetch_text(&format!("./static/scenarios/{name}.yaml")).await;
        Msg::ScenarioText(name, text)
    });
}

/// Asks for the scenario that shows a rule.
pub fn shown(link: &Scope<App>, wanted: Wanted) {
    link.send_future(async move {
        let text = fetch_text(&format!("./static/scenarios/{}.yaml", wanted.scenario)).await;
        Msg::ShowText(wanted, text)
    });
}

/// Hands the run on.
pub fn share(link: &Scope<App>, shared: Shared) {
    link.send_future(async { Msg::Shared(share::hand_on(shared).await) });
}

/// Asks for the run in the page's address.
pub fn handed(link: &Scope<App>) {
    link.send_future(async { Msg::Handed(share::handed().await) });
}

/// Asks for what the rules say.
pub fn rules(link: &Scope<App>, lang: Lang) {
    link.send_future(async move {
        let json = fetch_text(&format!("./static/rules/{}.json", lang.code())).await;
        Msg::Rules(lang, json.and_then(|json| RuleTexts::parse(&json)).map(Rc::new))
    });
}
