//! Files by place, and which of them a restart leaves.

use crate::ui::markup::prelude::*;

use crate::base::Lang;
use crate::session::view::{FileView, FilesView, Lives, PlaceView};
use crate::ui::clock_text::clock;
use crate::ui::i18n::{Text, inspector as t};

/// A container's places.
pub fn view_files(view: &FilesView, lang: Lang) -> Html {
    let instance = view.instance.map(|nth| format!(" #{nth}")).unwrap_or_default();
    html! {
        <section class="insp-part" key={view.container.clone()}
            data-testid={format!("files-{}", view.container)}>
            <h3>{ &view.container }{ instance }</h3>
            if view.instance.is_none() {
                <p class="quiet">{ t::NO_INSTANCE.get(lang) }</p>
            }
            { for view.places.iter().map(|place| view_place(place, lang)) }
        </section>
    }
}

fn view_place(place: &PlaceView, lang: Lang) -> Html {
    let (sign, words) = lives(place.lives);
    let path = if place.path.is_empty() { "/" } else { &place.path };
    let source = match place.lives {
        Lives::Container => t::LAYER.get(lang),
        _ if place.source == "kubelet" => t::OWN_FILES.get(lang),
        _ if place.source == "sandbox" => t::SANDBOX_FILES.get(lang),
        _ => &place.source,
    };
    let none = if place.lives == Lives::Container { t::LAYER_NONE } else { t::FILES_NONE };
    html! {
        <div class="place" key={[path, " ", source].concat()}>
            <h4><code>{ path }</code>{ " " }<span>{ source }</span>
                if place.read_only {
                    <span class="tag">{ "ro" }</span>
                }
            </h4>
            <p class="place-lives"><span aria-hidden="true">{ sign }</span>{ " " }{ words.get(lang) }</p>
            if place.files.is_empty() {
                <p class="quiet">{ none.get(lang) }</p>
            }
            { for place.files.iter().map(|file| view_file(file, &place.path, lang)) }
            if place.more > 0 {
                <p class="quiet">{ t::FILES_MORE.fill(lang, &[("n", &place.more.to_string())]) }</p>
            }
        </div>
    }
}

/// How long a place lasts, by sign and words.
fn lives(lives: Lives) -> (&'static str, Text) {
    match lives {
        Lives::Container => ("○", t::LIVES_CONTAINER),
        Lives::EachStart => ("◌", t::LIVES_START),
        Lives::Pod => ("◐", t::LIVES_POD),
        Lives::FromApi => ("◑", t::LIVES_API),
        Lives::Node => ("●", t::LIVES_NODE),
        Lives::Claim => ("◉", t::LIVES_CLAIM),
    }
}

fn view_file(file: &FileView, place: &str, lang: Lang) -> Html {
    // What all files of the place have in common stands above them.
    let short = file.path.strip_prefix(place).filter(|rest| rest.starts_with('/'));
    let short = short.filter(|_| place.matches('/').count() > 1).map(|rest| &rest[1..]);
    let size = file.size.to_string();
    let link = (!file.link.is_empty()).then(|| format!(" → {}", file.link));
    let head = html! {
        <>
            <code class="quiet">{ &file.mode }{ " " }{ size }{ " " }{ clock(file.modified) }</code>
            { " " }
            <code title={file.path.clone()}>{ short.unwrap_or(&file.path) }</code>
            { link.map(|link| html! { <code class="quiet">{ link }</code> }) }
        </>
    };
    let Some(text) = &file.text else {
        return html! { <div class="file" key={file.path.clone()}>{ head }</div> };
    };
    html! {
        <details class="file" key={file.path.clone()} data-testid={format!("file-{}", file.path)}>
            <summary>{ head }</summary>
            <pre class="insp-text" tabindex="0">{ text }</pre>
            if file.cut {
                <p class="quiet">{ t::FILE_CUT.get(lang) }</p>
            }
        </details>
    }
}
