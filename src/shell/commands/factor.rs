//! `factor 12`: prime factors.

use crate::shell::commands::call::{Call, Options};
use crate::shell::commands::whole::Text;

/// Divisors that are tried in a call; what is left then is told as if it were prime.
const MOST: u64 = 1 << 20;

/// Prints the factors of its arguments, or of the numbers of its input.
pub fn run(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    let input: String =
        texts.iter().map(|(_, text)| String::from_utf8_lossy(text).into_owned()).collect();
    let words: Vec<&str> = match options.rest.is_empty() {
        true => input.split_whitespace().collect(),
        false => options.rest.iter().map(String::as_str).collect(),
    };
    for word in words {
        let Ok(number) = word.trim_start().parse::<u64>() else {
            return call.fail(format!("invalid number '{word}'"));
        };
        let (factors, tried) = factors(number);
        call.sys.spend(1 + tried / 16);
        call.out(format!("{number}:{factors}\n"));
    }
    0
}

fn factors(number: u64) -> (String, u64) {
    let (mut rest, mut by, mut out) = (number, 2, String::new());
    while rest > 1 && by <= rest / by && by < MOST {
        if rest % by == 0 {
            rest /= by;
            out.push_str(&format!(" {by}"));
        } else {
            by += if by == 2 { 1 } else { 2 };
        }
    }
    if rest > 1 {
        out.push_str(&format!(" {rest}"));
    }
    (out, by)
}
