//! Where a moment lies on the page: the stretch of time in view, and the ticks of its axis.
//!
//! No web types here, so all of it is tested natively.

use crate::base::SimTime;
use crate::ui::width::within;

/// Empty pixels at both ends, so that a mark at the very start is whole.
pub const MARGIN: f64 = 12.0;
/// No closer than a fifth of a second: messages last milliseconds.
const SPAN_LEAST: f64 = 200.0;
/// No wider than four days.
const SPAN_MOST: f64 = 345_600_000.0;
/// Pixels that the label of a tick needs.
const TICK_ROOM: f64 = 72.0;
/// Milliseconds from tick to tick that read well.
const STEPS: [u64; 25] = [
    10,
    20,
    50,
    100,
    200,
    500,
    1_000,
    2_000,
    5_000,
    10_000,
    15_000,
    30_000,
    60_000,
    120_000,
    300_000,
    600_000,
    900_000,
    1_800_000,
    3_600_000,
    7_200_000,
    21_600_000,
    43_200_000,
    86_400_000,
    172_800_000,
    345_600_000,
];

/// A stretch of virtual time on a strip of the page.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct TimeWindow {
    /// Its start in milliseconds, never negative.
    pub start: f64,
    /// Its length in milliseconds.
    pub span: f64,
    /// The width of the strip in pixels.
    pub width: f64,
}

impl TimeWindow {
    /// A window within the bounds of zoom and time.
    pub fn new(start: f64, span: f64, width: f64) -> Self {
        let span = within(span, SPAN_LEAST, SPAN_MOST);
        TimeWindow { start: start.max(0.0), span, width: width.max(2.0 * MARGIN + 1.0) }
    }

    /// Pixels of a millisecond.
    fn scale(&self) -> f64 {
        (self.width - 2.0 * MARGIN) / self.span
    }

    /// The pixel of a moment, to the half pixel; it may lie outside.
    pub fn x(&self, at: SimTime) -> f64 {
        let exact = MARGIN + (at.as_ms() as f64 - self.start) * self.scale();
        (exact * 2.0).round() / 2.0
    }

    /// The moment at a pixel; before zero is zero.
    pub fn moment(&self, x: f64) -> SimTime {
        SimTime::ms(self.exact(x).round().max(0.0) as u64)
    }

    fn exact(&self, x: f64) -> f64 {
        self.start + (x - MARGIN) / self.scale()
    }

    /// The first moment that can be seen.
    pub fn first(&self) -> SimTime {
        self.moment(0.0)
    }

    /// The last moment that can be seen.
    pub fn last(&self) -> SimTime {
        self.moment(self.width)
    }

    /// Whether a moment is in view, and not only in the margin.
    pub fn shows(&self, at: SimTime) -> bool {
        let at = at.as_ms() as f64;
        at >= self.start && at <= self.start + self.span
    }

    /// Shows `factor` times as much time; the moment at pixel `x` stays where it is.
    pub fn zoomed(&self, factor: f64, x: f64) -> Self {
        let held = self.exact(x);
        let span = within(self.span * factor, SPAN_LEAST, SPAN_MOST);
        let start = held - (x - MARGIN) / (self.width - 2.0 * MARGIN) * span;
        TimeWindow::new(start, span, self.width)
    }

    /// Moved by pixels towards later.
    pub fn panned(&self, pixels: f64) -> Self {
        TimeWindow::new(self.start + pixels / self.scale(), self.span, self.width)
    }
}

/// A length that shows all of `tip` with a little room, in steps, so that it seldom changes.
pub fn fitting_span(tip: SimTime) -> f64 {
    const LEAST: f64 = 20_000.0;
    let wanted = tip.as_ms() as f64 * 1.04;
    let mut span = LEAST;
    while span < wanted {
        span *= 1.25;
    }
    span
}

/// A tick of the axis.
#[derive(Clone, PartialEq, Debug)]
pub struct Tick {
    /// Its pixel.
    pub x: f64,
    /// What is written there.
    pub label: String,
}

/// The ticks of a window, as many as can be read.
pub fn ticks(window: &TimeWindow) -> Vec<Tick> {
    let least = TICK_ROOM / window.scale();
    let step = STEPS.into_iter().find(|step| *step as f64 >= least).unwrap_or(STEPS[24]);
    let first = window.first().as_ms().div_ceil(step) * step;
    let moments = (first..=window.last().as_ms()).step_by(step as usize);
    let ticks = moments.map(|ms| tick(window, SimTime::ms(ms), step));
    ticks.filter(|tick| tick.x + TICK_ROOM / 3.0 < window.width || tick.x < TICK_ROOM).collect()
}

fn tick(window: &TimeWindow, at: SimTime, step: u64) -> Tick {
    let decimals = match step {
        1_000.. => 0,
        100.. => 1,
        _ => 2,
    };
    Tick { x: window.x(at), label: clock(at, decimals) }
}

/// A moment as `8s`, `1:05`, `2:00:00`, with up to three decimals of the second.
pub fn clock(at: SimTime, decimals: usize) -> String {
    let (ms, total) = (at.as_ms() % 1000, at.as_secs());
    let (hours, minutes, seconds) = (total / 3600, total / 60 % 60, total % 60);
    let fraction = match decimals {
        0 => String::new(),
        n => format!(".{}", &format!("{ms:03}")[..n.min(3)]),
    };
    match (hours, minutes) {
        (0, 0) => format!("{seconds}{fraction}s"),
        (0, _) => format!("{minutes}:{seconds:02}{fraction}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}{fraction}"),
    }
}

/// A moment for reading aloud and for tooltips: to the millisecond where it matters.
pub fn exact_clock(at: SimTime) -> String {
    clock(at, if at.as_ms().is_multiple_of(1000) { 0 } else { 3 })
}

/// As much of a label as fits into `room` pixels at `letter` pixels a letter; `None` if what is
/// left says nothing.
pub fn fit_label(label: &str, room: f64, letter: f64) -> Option<String> {
    let fits = (room / letter).floor().max(0.0) as usize;
    let letters = label.chars().map(letter_width).sum::<usize>();
    if letters <= fits {
        return Some(label.to_owned());
    }
    (fits >= 6).then(|| cut(label, fits - 1))
}

/// A Chinese letter takes the room of two Latin ones.
fn letter_width(letter: char) -> usize {
    if letter > '\u{2e7f}' { 2 } else { 1 }
}

fn cut(label: &str, fits: usize) -> String {
    let mut used = 0;
    let whole = label.chars().take_while(|letter| {
        used += letter_width(*letter);
        used <= fits
    });
    let mut text: String = whole.collect();
    text.push('…');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(start: u64, span: u64) -> TimeWindow {
        TimeWindow::new(start as f64, span as f64, 1000.0 + 2.0 * MARGIN)
    }

    #[test]
    fn a_pixel_and_its_moment_agree() {
        let window = window(10_000, 100_000);
        for secs in [10, 35, 60, 110] {
            assert_eq!(window.moment(window.x(SimTime::secs(secs))), SimTime::secs(secs));
        }
        assert_eq!(window.x(SimTime::secs(10)), MARGIN);
        assert_eq!(TimeWindow::new(0.0, 1000.0, 500.0).moment(-50.0), SimTime::ZERO);
    }

    #[test]
    fn zooming_holds_the_moment_under_the_pointer() {
        let window = window(50_000, 100_000);
        for x in [MARGIN, 300.0, 900.0] {
            let held = window.moment(x).as_ms() as i64;
            let closer = window.zoomed(0.5, x);
            assert!((closer.moment(x).as_ms() as i64 - held).abs() <= 1, "{x}");
            assert_eq!(closer.span, 50_000.0);
        }
    }

    #[test]
    fn zoom_and_pan_stay_within_bounds() {
        assert_eq!(window(0, 1000).zoomed(0.0001, 0.0).span, SPAN_LEAST);
        assert_eq!(window(0, 1000).zoomed(1e12, 0.0).span, SPAN_MOST);
        assert_eq!(window(500, 1000).panned(-9000.0).start, 0.0);
        assert_eq!(window(0, 1000).panned(500.0).start, 500.0);
    }

    #[test]
    fn what_fits_grows_in_steps() {
        let spans: Vec<f64> = (1..=600).map(|s| fitting_span(SimTime::secs(s))).collect();
        let changes = spans.windows(2).filter(|pair| pair[0] != pair[1]).count();
        assert!(changes < 20, "{changes} changes in 600 s");
        assert!(spans.iter().zip(1..).all(|(span, s)| *span >= f64::from(s) * 1000.0));
    }

    #[test]
    fn ticks_read_well_at_every_zoom() {
        let labels = |start, span| -> Vec<String> {
            ticks(&window(start, span)).into_iter().map(|tick| tick.label).collect()
        };
        assert_eq!(labels(0, 60_000)[..4], ["0s", "5s", "10s", "15s"]);
        assert_eq!(labels(0, 600_000)[..4], ["0s", "1:00", "2:00", "3:00"]);
        assert_eq!(labels(7_200_000, 1_000)[..3], ["2:00:00.0", "2:00:00.1", "2:00:00.2"]);
        assert_eq!(labels(0, 300)[..3], ["0.00s", "0.05s", "0.10s"]);
        for span in [200, 5_000, 77_000, 3_600_000, 345_600_000] {
            let xs: Vec<f64> = ticks(&window(0, span)).iter().map(|tick| tick.x).collect();
            assert!(xs.windows(2).all(|pair| pair[1] - pair[0] >= TICK_ROOM - 1.0), "{span}");
        }
    }

    #[test]
    fn a_label_is_whole_or_cut_or_not_there() {
        assert_eq!(fit_label("Running", 70.0, 7.0).as_deref(), Some("Running"));
        assert_eq!(fit_label("ContainerCreating", 70.0, 7.0).as_deref(), Some("Container…"));
        assert_eq!(fit_label("ContainerCreating", 20.0, 7.0), None);
        assert_eq!(fit_label("探针失败了", 56.0, 7.0).as_deref(), Some("探针失…"));
    }
}
