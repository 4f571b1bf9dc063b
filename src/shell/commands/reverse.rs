//! `tac`, `rev`, `shuf`: lines or characters in another order.

use crate::shell::commands::call::{Call, Options};
use crate::shell::commands::whole::{Text, all_lines, lines, print};

/// `tac`: the last line first.
pub fn tac(call: &mut Call, _options: &Options, texts: &[Text]) -> i32 {
    for (_, text) in texts {
        print(call, lines(text).into_iter().rev());
    }
    0
}

/// `rev`: the last character of each line first.
pub fn rev(call: &mut Call, _options: &Options, texts: &[Text]) -> i32 {
    print(call, all_lines(texts).into_iter().map(|line| line.chars().rev().collect()));
    0
}

/// `shuf`: an order that looks random and is the same in every run.
pub fn shuf(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    let mut lines = all_lines(texts);
    let mut state = lines.len() as u64;
    for at in (1..lines.len()).rev() {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        lines.swap(at, (state >> 33) as usize % (at + 1));
    }
    let most = options.value('n').and_then(|n| n.parse().ok()).unwrap_or(usize::MAX);
    print(call, lines.into_iter().take(most));
    0
}
