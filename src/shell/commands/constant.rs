//! `true false sync`

use crate::shell::commands::call::Call;

/// Ends with 0.
pub fn yes(_call: &mut Call) -> i32 {
    0
}

/// Ends with 1.
pub fn no(_call: &mut Call) -> i32 {
    1
}
