//! Why `status.phase` and the STATUS column of kubectl can differ.

use super::Text;

texts! {
    SAME: "Here both say the same.", "此刻两者一致。";
    DELETING: "A Pod being deleted keeps its phase; kubectl prints Terminating because metadata.deletionTimestamp is set.", "正在删除的 Pod 保持原 phase；因设置了 metadata.deletionTimestamp，kubectl 打印 Terminating。";
    CONTAINER: "The phase counts the Pod as one; kubectl prints the reason of a container that is waiting or has ended.", "phase 把 Pod 当作整体；kubectl 打印等待中或已结束的容器的原因。";
    INIT: "Init containers are not done; kubectl counts them, the phase stays Pending.", "Init 容器尚未完成；kubectl 显示其进度，phase 仍为 Pending。";
    COMPLETED: "The phase is Succeeded or Running; kubectl prints the reason Completed of the container that ended with code 0.", "phase 为 Succeeded 或 Running；kubectl 打印以 0 退出的容器的原因 Completed。";
    NOT_READY: "The phase says Running although the Pod is not Ready: readiness is a condition, not a phase.", "Pod 未就绪而 phase 仍是 Running：就绪是状况（condition），不是阶段。";
    POD_REASON: "kubectl prints status.reason of the Pod where there is one.", "Pod 有 status.reason 时，kubectl 打印它。";
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
