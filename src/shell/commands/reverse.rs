//! `tac`, `rev`, `shuf`: lines or characters in another order.

use crate::shell::commands::call::{Call, Options};
use crate::shell::commands::whole::{Text, all_lines, print};
use crate::shell::limits;

/// `tac`: the last line first.
pub fn tac(call: &mut Call, _options: &Options, texts: &[Text]) -> i32 {
    for (_, text) in texts {
        let pieces: Vec<&[u8]> = text.split_inclusive(|b| *b == b'\n').rev().collect();
        call.out(pieces.concat());
    }
    0
}

/// `rev`: the last character of each line first.
pub fn rev(call: &mut Call, _options: &Options, texts: &[Text]) -> i32 {
    let mut out = String::new();
    for (_, text) in texts {
        for line in String::from_utf8_lossy(text).split_inclusive('\n') {
            let inner = line.strip_suffix('\n');
            out.extend(inner.unwrap_or(line).chars().rev());
            out.push_str(if inner.is_some() { "\n" } else { "" });
        }
    }
    call.out(out);
    0
}

/// `shuf`: an order that looks random and is the same in every run.
pub fn shuf(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    let mut lines = match (options.has('e'), options.value('i').and_then(|r| r.split_once('-'))) {
        (true, _) => options.rest.clone(),
        (_, Some((low, high))) => {
            let (low, high) = (low.parse().unwrap_or(0_u64), high.parse().unwrap_or(0));
            (low..=high).take(limits::ARGUMENTS).map(|n| n.to_string()).collect()
        }
        _ => all_lines(texts),
    };
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
