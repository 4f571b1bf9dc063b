//! What a container uses of memory and processor time, against its limits.

use crate::ui::markup::prelude::*;

use crate::base::Lang;
use crate::session::view::UsageView;
use crate::ui::i18n::stage as t;

/// Memory without a limit is told from this size on.
const WORTH_TELLING: u64 = 4 << 20;

/// The bars; nothing where there is no limit and little use.
pub fn view_usage(usage: &UsageView, lang: Lang) -> Html {
    let memory = usage.memory_limit.is_some() || usage.memory >= WORTH_TELLING;
    let processor = usage.cpu_wanted > 0;
    if !memory && !processor {
        return Html::default();
    }
    html! {
        <div class="usage" data-testid="usage">
            if memory {
                { view_memory(usage, lang) }
            }
            if processor {
                { view_processor(usage, lang) }
            }
        </div>
    }
}

fn view_memory(usage: &UsageView, lang: Lang) -> Html {
    let used = size(usage.memory);
    let words = match usage.memory_limit {
        Some(limit) => t::MEMORY_OF.fill(lang, &[("used", &used), ("limit", &size(limit))]),
        None => t::MEMORY_FREE.fill(lang, &[("used", &used)]),
    };
    view_meter(t::MEMORY.get(lang), words, usage.memory_limit.map(|all| (usage.memory, all)))
}

fn view_processor(usage: &UsageView, lang: Lang) -> Html {
    let given = milli(usage.cpu);
    let words = match usage.cpu < usage.cpu_wanted {
        true => t::CPU_HELD.fill(
            lang,
            &[
                ("given", &given),
                ("wanted", &milli(usage.cpu_wanted)),
                ("n", &usage.throttled.to_string()),
            ],
        ),
        false => given,
    };
    let part = usage.cpu_limit.map(|all| (u64::from(usage.cpu), u64::from(all)));
    view_meter(t::CPU.get(lang), words, part)
}

/// A name, a bar if there is a whole, and words.
fn view_meter(name: &'static str, words: String, part: Option<(u64, u64)>) -> Html {
    let percent = part.map(|(used, all)| (used.saturating_mul(100) / all.max(1)).min(100));
    html! {
        <div class="usage-row">
            <span class="usage-name">{ name }</span>
            if let Some(percent) = percent {
                <span
                    class={classes!("meter", (percent >= 90).then_some("meter-full"))}
                    role="meter"
                    aria-label={name}
                    aria-valuemin="0"
                    aria-valuemax="100"
                    aria-valuenow={percent.to_string()}
                    aria-valuetext={words.clone()}
                >
                    <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                        <rect width={percent.to_string()} height="6" />
                    </svg>
                </span>
            }
            <span class="usage-words">{ words }</span>
        </div>
    }
}

/// A size with one decimal: `12.3Mi`.
pub fn size(bytes: u64) -> String {
    let (bits, unit) = match bytes {
        0..0x10_0000 => (10, "Ki"),
        0x10_0000..0x4000_0000 => (20, "Mi"),
        _ => (30, "Gi"),
    };
    let tenths = ((u128::from(bytes) * 10) >> bits) as u64;
    match tenths % 10 {
        0 => format!("{}{unit}", tenths / 10),
        part if tenths < 1000 => format!("{}.{part}{unit}", tenths / 10),
        _ => format!("{}{unit}", tenths / 10),
    }
}

/// Processors as a manifest has them.
pub fn milli(thousandths: u32) -> String {
    match thousandths % 1000 {
        0 => (thousandths / 1000).to_string(),
        _ => format!("{thousandths}m"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        let spelt = [0, 262_144, 1 << 20, 12_900_000, 150 << 20, 5 << 30].map(size);
        assert_eq!(spelt, ["0Ki", "256Ki", "1Mi", "12.3Mi", "150Mi", "5Gi"]);
        assert_eq!([250, 1000, 1500].map(milli), ["250m", "1", "1500m"]);
    }
}
