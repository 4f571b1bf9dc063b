//! `sleep 0.5 1m`, `sleep infinity`, `usleep 500`

use crate::base::SimTime;
use crate::shell::commands::call::Call;
use crate::shell::commands::numbers;
use crate::shell::commands::task::Work;

/// Starts to sleep. Errors: an exit code.
pub fn start(call: &mut Call) -> Result<Work, Option<i32>> {
    if call.args.is_empty() {
        return Err(Some(call.usage("sleep [N]...")));
    }
    let mut total = 0_u64;
    for arg in call.args {
        if matches!(arg.as_str(), "inf" | "infinity") {
            return Ok(Work::Forever);
        }
        match duration(arg) {
            Some(ms) => total = total.saturating_add(ms),
            None => return Err(Some(call.fail(format!("invalid number '{arg}'")))),
        }
    }
    Ok(Work::Sleep(call.sys.now() + SimTime::ms(total)))
}

/// A duration in milliseconds: a number with `s`, `m`, `h` or `d`.
pub fn duration(text: &str) -> Option<u64> {
    let (number, unit) = match text.chars().next_back()? {
        's' => (&text[..text.len() - 1], 1),
        'm' => (&text[..text.len() - 1], 60),
        'h' => (&text[..text.len() - 1], 3_600),
        'd' => (&text[..text.len() - 1], 86_400),
        _ => (text, 1),
    };
    numbers::thousandths(number).map(|ms| ms.saturating_mul(unit))
}

/// `usleep`: microseconds.
pub fn micro(call: &mut Call) -> Result<Work, Option<i32>> {
    match call.args.first().and_then(|a| a.parse::<u64>().ok()) {
        Some(us) => Ok(Work::Sleep(call.sys.now() + SimTime::ms(us.div_ceil(1000)))),
        None => Err(Some(call.usage("usleep N"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        for (text, ms) in [
            ("1", Some(1000)),
            ("0.5", Some(500)),
            ("1.5m", Some(90_000)),
            ("2h", Some(7_200_000)),
            ("1d", Some(86_400_000)),
            (".2", Some(200)),
            ("s", None),
            ("x", None),
            ("-1", None),
            ("", None),
            ("99999999999999999999", None),
            ("\u{e9}", None),
        ] {
            assert_eq!(duration(text), ms, "{text}");
        }
    }
}
