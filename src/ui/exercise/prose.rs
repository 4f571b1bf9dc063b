//! Prose as nodes. Texts become text nodes and nothing else: no HTML is read.

use crate::ui::markup::prelude::*;

use crate::session::prose::{Block, Inline};

/// The blocks of a text.
pub fn blocks(blocks: &[Block]) -> Html {
    html! { <div class="prose">{ for blocks.iter().map(block) }</div> }
}

fn block(block: &Block) -> Html {
    match block {
        Block::Heading(line) => html! { <h4>{ inlines(line) }</h4> },
        Block::Paragraph(line) => html! { <p>{ inlines(line) }</p> },
        Block::List(items) => html! {
            <ul>{ for items.iter().map(|item| html! { <li>{ inlines(item) }</li> }) }</ul>
        },
        Block::Code(code) => html! { <pre tabindex="0"><code>{ code }</code></pre> },
    }
}

fn inlines(line: &[Inline]) -> Html {
    html! { <>{ for line.iter().map(inline) }</> }
}

fn inline(piece: &Inline) -> Html {
    match piece {
        Inline::Text(text) => html! { <>{ text }</> },
        Inline::Strong(text) => html! { <strong>{ text }</strong> },
        Inline::Emphasis(text) => html! { <em>{ text }</em> },
        Inline::Code(text) => html! { <code>{ text }</code> },
    }
}

/// A line in which only code is marked: hints and goals.
pub fn line(text: &str) -> Html {
    let pieces = text.split('`').enumerate().map(|(nth, piece)| match nth % 2 {
        0 => html! { <>{ piece }</> },
        _ => html! { <code>{ piece }</code> },
    });
    html! { <>{ for pieces }</> }
}
