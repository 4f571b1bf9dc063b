//! Matching of extended patterns, `@(a|b)` and the like: from a set of places in the text, each
//! token leads to another set of places, so no pattern takes more than text times text.

use crate::shell::sh::pattern::{Pattern, Token, fits};

/// Longer texts do not match at all.
const MOST: usize = 2_000;

/// The places up to which the pattern can match from one of these places.
pub fn ends(pattern: &Pattern, text: &[char], from: Vec<bool>) -> Vec<bool> {
    let mut now = from;
    if text.len() > MOST {
        now.fill(false);
        return now;
    }
    for token in pattern.tokens() {
        now = match token {
            Token::Star => {
                let first = now.iter().position(|on| *on).unwrap_or(now.len());
                (0..now.len()).map(|at| at >= first).collect()
            }
            Token::Group('!', all) => besides(all, text, &now),
            Token::Group(kind, all) => {
                let mut reached = now.clone();
                let mut whole = if matches!(kind, '?' | '*') { now.clone() } else { none(&now) };
                let turns = if matches!(kind, '*' | '+') { now.len() } else { 1 };
                for _ in 0..turns {
                    reached = either(all, text, &reached);
                    let more = reached.iter().zip(&whole).any(|(new, old)| *new && !old);
                    whole.iter_mut().zip(&reached).for_each(|(old, new)| *old |= new);
                    if !more {
                        break;
                    }
                }
                whole
            }
            one => {
                let mut next = none(&now);
                for (at, c) in text.iter().enumerate().filter(|(at, _)| now[*at]) {
                    next[at + 1] |= fits(one, *c);
                }
                next
            }
        };
    }
    now
}

fn none(like: &[bool]) -> Vec<bool> {
    vec![false; like.len()]
}

fn either(all: &[Pattern], text: &[char], from: &[bool]) -> Vec<bool> {
    let mut sum = none(from);
    for one in all {
        let reached = ends(one, text, from.to_vec());
        sum.iter_mut().zip(reached).for_each(|(old, new)| *old |= new);
    }
    sum
}

/// `!(…)`: every place behind that none of them leads to.
fn besides(all: &[Pattern], text: &[char], from: &[bool]) -> Vec<bool> {
    let mut sum = none(from);
    for start in (0..from.len()).filter(|at| from[*at]) {
        let mut only = none(from);
        only[start] = true;
        let reached = either(all, text, &only);
        for (at, place) in sum.iter_mut().enumerate().skip(start) {
            *place |= !reached[at];
        }
    }
    sum
}
