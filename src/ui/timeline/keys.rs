//! What the keys do while the timeline has the focus.

use super::stops::Step;

/// What a key asks for.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum KeyAction {
    /// To the lane so many below.
    Lane(i32),
    /// Along the lane.
    Stop(Step),
    /// Go to the moment of the stop.
    Go,
    /// Show this many times as much time.
    Zoom(f64),
    /// Show the whole run.
    Fit,
    /// Move the view by this part of its width.
    Pan(f64),
    /// Leave the stop.
    Leave,
    /// Put the lane away.
    PutAway,
    /// Show only the phase of the lane's Pod, or all of it again.
    Fold,
    /// Bring all lanes back.
    BringBack,
}

/// The factor of one step of zoom.
pub const ZOOM_STEP: f64 = 1.5;

/// What a key asks for; `None`: it is not the timeline's.
pub fn key_action(key: &str, shift: bool) -> Option<KeyAction> {
    Some(match (key, shift) {
        ("ArrowLeft", true) => KeyAction::Pan(-0.2),
        ("ArrowRight", true) => KeyAction::Pan(0.2),
        ("ArrowLeft", false) => KeyAction::Stop(Step::Previous),
        ("ArrowRight", false) => KeyAction::Stop(Step::Next),
        ("Home", _) => KeyAction::Stop(Step::First),
        ("End", _) => KeyAction::Stop(Step::Last),
        ("ArrowUp", _) => KeyAction::Lane(-1),
        ("ArrowDown", _) => KeyAction::Lane(1),
        ("Enter", _) => KeyAction::Go,
        ("+" | "=", _) => KeyAction::Zoom(1.0 / ZOOM_STEP),
        ("-" | "_", _) => KeyAction::Zoom(ZOOM_STEP),
        ("0", _) => KeyAction::Fit,
        ("c", _) => KeyAction::PutAway,
        ("C", _) => KeyAction::Fold,
        ("x", _) => KeyAction::BringBack,
        ("Escape", _) => KeyAction::Leave,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shift_moves_the_view_and_other_keys_stay_the_pages() {
        assert_eq!(key_action("ArrowLeft", true), Some(KeyAction::Pan(-0.2)));
        assert_eq!(key_action("ArrowLeft", false), Some(KeyAction::Stop(Step::Previous)));
        assert_eq!(key_action(" ", false), None);
        assert_eq!(key_action("Tab", false), None);
    }
}
