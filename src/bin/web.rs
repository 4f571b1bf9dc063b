//! The page: mounts the root component into `#app`.

use lifepod::ui::app::App;
use lifepod::ui::{browser, panic_card, rest};

fn main() {
    panic_card::install();
    rest::begin();
    if let Some(host) = browser::element("app") {
        yew::Renderer::<App>::with_root(host).render();
    }
}
