//! Why `status.phase` and the STATUS column of kubectl can differ.

use super::Text;
use crate::base::texts::texts;

texts! { 3 "reasons";
    SAME DELETING CONTAINER INIT COMPLETED NOT_READY POD_REASON
}

/// The reason that fits a Pod's `phase`, its `status` column, and whether it is being deleted.
pub fn why_they_differ(phase: &str, status: &str, deleting: bool) -> Text {
    if phase == status {
        return SAME;
    }
    match status {
        "Terminating" | "Unknown" if deleting => DELETING,
        "NotReady" => NOT_READY,
        "Completed" => COMPLETED,
        "Evicted" | "NodeLost" | "DeadlineExceeded" | "UnexpectedAdmissionError" => POD_REASON,
        _ if status.starts_with("Init:") => INIT,
        _ => CONTAINER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_difference_has_its_reason() {
        for (phase, status, deleting, reason) in [
            ("Running", "Running", false, SAME),
            ("Running", "Terminating", true, DELETING),
            ("Running", "CrashLoopBackOff", false, CONTAINER),
            ("Pending", "Init:0/2", false, INIT),
            ("Succeeded", "Completed", false, COMPLETED),
            ("Failed", "Evicted", false, POD_REASON),
        ] {
            assert_eq!(why_they_differ(phase, status, deleting), reason, "{status}");
        }
    }
}
