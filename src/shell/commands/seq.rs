//! `seq 1 2 9`

use crate::shell::commands::call::Call;
use crate::shell::commands::decimal;
use crate::shell::types::{Limit, NoteKind};

/// The most numbers printed.
const MOST: usize = 200_000;

/// Prints numbers from first to last, fractions with as many digits as were given.
pub fn run(call: &mut Call) -> i32 {
    let usage = "seq [-w] [-s SEP] [FIRST [INC]] LAST";
    let options = match call.leading_options("ws:") {
        Ok(options) => options,
        Err(code) => return code,
    };
    let (values, pad) = (&options.rest, options.has('w'));
    let separator = options.value('s').unwrap_or("\n");
    let parts =
        |text: &str| text.split_once('.').map_or((text.len(), 0), |(w, f)| (w.len(), f.len()));
    // The last number says nothing about the digits after the point.
    let steps = &values[..values.len().saturating_sub(1)];
    let places = steps.iter().map(|text| parts(text).1).max().unwrap_or(0);
    let Some(numbers) = values.iter().map(|t| decimal::exact(t)).collect::<Option<Vec<i128>>>()
    else {
        return call.usage(usage);
    };
    let (first, step, last) = match numbers.as_slice() {
        [last] => (decimal::ONE, decimal::ONE, *last),
        [first, last] => (*first, decimal::ONE, *last),
        [first, step, last] => (*first, *step, *last),
        _ => return call.usage(usage),
    };
    let text = |value: i128| decimal::fixed(value, places);
    let ends = [values.first(), values.last()].into_iter().flatten();
    let widest = ends.map(|text| parts(text).0).max().unwrap_or(0);
    let width = if pad { widest + places + usize::from(places > 0) } else { 0 };
    let mut out = String::new();
    let (mut now, mut count) = (first, 0);
    while (step >= 0 && now <= last) || (step < 0 && now >= last) {
        if count == MOST {
            call.sys.note(NoteKind::Limit(Limit::Output));
            break;
        }
        if count > 0 {
            out.push_str(separator);
        }
        let number = text(now);
        let (sign, digits) = number.strip_prefix('-').map_or(("", number.as_str()), |d| ("-", d));
        out.push_str(sign);
        out.push_str(&"0".repeat(width.saturating_sub(number.len())));
        out.push_str(digits);
        now += step;
        count += 1;
    }
    if count > 0 {
        call.out(out + "\n");
    }
    0
}
