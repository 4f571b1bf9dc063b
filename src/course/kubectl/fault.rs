//! Faults: what happens to the cluster without anybody asking the API server.

use crate::engine::Action;

/// What a fault of a scenario does: `kill POD/CONTAINER SIGNAL`, `oom POD/CONTAINER`, `image-gone
/// IMAGE`, `image-back IMAGE`.
///
/// The error says which faults there are.
pub fn parse_fault(line: &str) -> Result<Action, String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        ["kill", target, signal] => {
            let (pod, container) = target.split_once('/').unwrap_or((target, ""));
            let text = |s: &str| s.to_string();
            Ok(Action::Kill { pod: text(pod), container: text(container), signal: text(signal) })
        }
        ["oom", target] => {
            let (pod, container) = target.split_once('/').unwrap_or((target, ""));
            Ok(Action::Oom { pod: pod.to_string(), container: container.to_string() })
        }
        ["image-gone", image] => Ok(Action::Image { image: image.to_string(), gone: true }),
        ["image-back", image] => Ok(Action::Image { image: image.to_string(), gone: false }),
        _ => Err(format!(
            "fault \"{line}\" is not simulated yet; there are: kill POD/CONTAINER SIGNAL, oom \
             POD/CONTAINER, image-gone IMAGE, image-back IMAGE"
        )),
    }
}
