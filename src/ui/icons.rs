//! The page's icons: our own strokes on a grid of 20.

use crate::ui::markup::prelude::*;

/// An icon; it takes the colour of the text around it and says nothing to screen readers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Icon {
    /// Time runs.
    Play,
    /// Time holds.
    Pause,
    /// To the mark before.
    PreviousMark,
    /// To the next mark.
    NextMark,
    /// A second back.
    Back,
    /// A second on.
    On,
    /// Take back.
    Undo,
    /// Bring back.
    Redo,
    /// From zero.
    Restart,
    /// Apply.
    Apply,
    /// Delete.
    Delete,
    /// More below.
    Down,
    /// Light.
    Sun,
    /// Dark.
    Moon,
    /// As the system.
    Half,
    /// What to look for.
    Eye,
    /// An error.
    Error,
    /// A warning.
    Warning,
    /// All well.
    Check,
    /// To a cause.
    Cause,
    /// Close.
    Close,
    /// From all sides.
    Inspect,
    /// Two runs.
    Compare,
    /// A branch.
    Branch,
    /// Hand on.
    Share,
    /// Run until something comes.
    Until,
    /// Stop whenever it comes.
    Stop,
    /// A moment to come back to.
    Bookmark,
    /// Nearer.
    Plus,
    /// Farther.
    Minus,
    /// A loop begins.
    LoopStart,
    /// A loop ends.
    LoopEnd,
    /// More of the page's own.
    Menu,
    /// To a page of its own.
    Out,
}

/// Draws an icon.
pub fn icon(icon: Icon) -> Html {
    let filled = matches!(icon, Icon::Play | Icon::Pause);
    html! {
        <svg class={classes!("icon", filled.then_some("filled"))} viewBox="0 0 20 20"
            aria-hidden="true" focusable="false">
            <path d={path(icon)} />
        </svg>
    }
}

const fn path(icon: Icon) -> &'static str {
    match icon {
        Icon::Play => {
            "M6 3.8v12.4a.8.8 0 0 0 1.2.7l9.6-6.2a.8.8 0 0 0 0-1.4L7.2 3.1A.8.8 0 0 0 6 3.8z"
        }
        Icon::Pause => "M5.5 3.5h3v13h-3zM11.5 3.5h3v13h-3z",
        Icon::PreviousMark => "M15 4.5 9 10l6 5.5M5.5 4v12M3.8 10h3.4",
        Icon::NextMark => "M5 4.5 11 10l-6 5.5M14.5 4v12M12.8 10h3.4",
        Icon::Back => "M12.5 5 7.5 10l5 5",
        Icon::On => "M7.5 5l5 5-5 5",
        Icon::Undo => "M7.5 4 4 7.5 7.5 11M4 7.5h8a4 4 0 0 1 0 8H8.5",
        Icon::Redo => "M12.5 4 16 7.5 12.5 11M16 7.5H8a4 4 0 0 0 0 8h3.5",
        Icon::Restart => "M4.5 4v4h4M4.9 8a6 6 0 1 1-.7 4.2",
        Icon::Apply => "M10 15.5v-11M5.5 9 10 4.5 14.5 9",
        Icon::Delete => "M4 6h12M8 6V4h4v2M5.5 6l.8 10h7.4l.8-10M8.5 9v4.5M11.5 9v4.5",
        Icon::Down => "M6 8l4 4 4-4",
        Icon::Sun => {
            "M10 6.7a3.3 3.3 0 1 0 0 6.6 3.3 3.3 0 0 0 0-6.6zM10 2v1.8M10 16.2V18M2 10h1.8M16.2 10H18M4.3 4.3l1.3 1.3M14.4 14.4l1.3 1.3M4.3 15.7l1.3-1.3M14.4 5.6l1.3-1.3"
        }
        Icon::Moon => "M16.2 12A6.8 6.8 0 0 1 8 3.8a6.8 6.8 0 1 0 8.2 8.2z",
        Icon::Half => "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 3v14M10 6.5h5.2M10 10h7M10 13.5h5.2",
        Icon::Eye => {
            "M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zM10 7.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4z"
        }
        Icon::Error => "M6.7 2.5h6.6l4.2 4.2v6.6l-4.2 4.2H6.7l-4.2-4.2V6.7zM10 6v5M10 13.4v.6",
        Icon::Warning => "M10 3 18 16.5H2zM10 8v4M10 13.9v.6",
        Icon::Check => "M4 10.5 8.2 15 16 5.5",
        Icon::Cause => "M5 4v5a3 3 0 0 0 3 3h7.5M12 8.5l3.5 3.5-3.5 3.5",
        Icon::Close => "M5 5l10 10M15 5 5 15",
        Icon::Share => {
            "M7 8.8 13 5.7M7 11.2l6 3.1M5 7.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM15 2.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM15 12.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z"
        }
        Icon::Until => "M3 10h9M8.5 6.5 12 10l-3.5 3.5M16 4v12",
        Icon::Stop => "M10 3.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM7.5 10h5",
        Icon::Bookmark => "M6 3.5h8V17l-4-3.5L6 17z",
        Icon::Plus => "M4 10h12M10 4v12",
        Icon::Minus => "M4 10h12",
        Icon::LoopStart => "M9 4H6v12h3M11 10h4M13 8l2 2-2 2",
        Icon::LoopEnd => "M11 4h3v12h-3M9 10H5M7 8l-2 2 2 2",
        Icon::Menu => "M3.5 5.5h13M3.5 10h13M3.5 14.5h13",
        Icon::Inspect => {
            "M8.5 3.5a5 5 0 1 0 0 10 5 5 0 0 0 0-10zM12.2 12.2l4.3 4.3M6.5 8.5h4M8.5 6.5v4"
        }
        Icon::Out => "M8 5H4.5v10.5H15V12M11 4h5v5M16 4l-7 7",
        Icon::Compare => "M3 6h6M3 14h6M11 6h6M11 14h3M10 3v14",
        Icon::Branch => "M6 3v14M6 12c0-4 8-2 8-7M14 5V3M12.5 3h3",
    }
}

/// The mark of Lifepod: a capsule with a pulse in it.
pub fn logo() -> Html {
    html! {
        <svg class="logo" viewBox="0 0 40 24" aria-hidden="true" focusable="false">
            <rect x="1.25" y="1.25" width="37.5" height="21.5" rx="10.75" />
            <path d="M7 12h6l2.5-5.5 4.5 11L23.5 10l1.5 2h8" />
        </svg>
    }
}
