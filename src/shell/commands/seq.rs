//! `seq 1 2 9`

use crate::shell::commands::call::Call;
use crate::shell::types::{Limit, NoteKind};

/// The most numbers printed.
const MOST: usize = 200_000;

/// Prints whole numbers from first to last.
pub fn run(call: &mut Call) -> i32 {
    let options = match numbers(call) {
        Ok(options) => options,
        Err(code) => return code,
    };
    let (values, separator, pad) = options;
    let (first, step, last) = match values.as_slice() {
        [last] => (1, 1, *last),
        [first, last] => (*first, 1, *last),
        [first, step, last] => (*first, *step, *last),
        _ => return call.usage("seq [-w] [-s SEP] [FIRST [INC]] LAST"),
    };
    if step == 0 {
        return 1;
    }
    let width = if pad { first.to_string().len().max(last.to_string().len()) } else { 0 };
    let mut texts: Vec<String> = Vec::new();
    let mut now = first;
    while (step > 0 && now <= last) || (step < 0 && now >= last) {
        if texts.len() == MOST {
            call.sys.note(NoteKind::Limit(Limit::Output));
            break;
        }
        texts.push(format!("{now:0width$}"));
        now = now.saturating_add(step);
        if now == i64::MAX || now == i64::MIN {
            break;
        }
    }
    if !texts.is_empty() {
        call.out(texts.join(&separator) + "\n");
    }
    0
}

/// Numbers may be negative, so options are taken by hand.
fn numbers(call: &mut Call) -> Result<(Vec<i64>, String, bool), i32> {
    let (mut values, mut separator, mut pad) = (Vec::new(), "\n".to_string(), false);
    let mut args = call.args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "-w" => pad = true,
            "-s" => separator = args.next().cloned().unwrap_or_default(),
            text => match text.parse() {
                Ok(value) => values.push(value),
                Err(_) => {
                    if text.contains('.') {
                        call.unsupported("with fractions");
                    }
                    return Err(call.usage("seq [-w] [-s SEP] [FIRST [INC]] LAST"));
                }
            },
        }
    }
    Ok((values, separator, pad))
}
