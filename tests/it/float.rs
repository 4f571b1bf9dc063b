//! Times of a trace as floating numbers, which the package itself does without.

use lifepod::base::json::Value;

/// A number that may have a fraction.
pub trait AsF64 {
    /// The number, if it is one.
    fn as_f64(&self) -> Option<f64>;
}

impl AsF64 for Value {
    fn as_f64(&self) -> Option<f64> {
        if let Value::Number(number) = self { number.to_string().parse().ok() } else { None }
    }
}
