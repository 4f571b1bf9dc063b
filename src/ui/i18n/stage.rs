//! The words of the stage.

use super::Text;
use crate::session::view::{ActorKind, ContainerKind};

texts! {
    TITLE: "Stage", "舞台";
    MAP: "The cluster's parts and the messages between them", "集群的各部分及其间的消息";
    CONTROL_PLANE: "control plane", "控制平面";
    NODE: "node", "节点";
    MAP_QUIET: "No message is under way.", "没有在途消息。";
    MESSAGE: "{from} to {to}: {label}", "{from} 到 {to}：{label}";
    MORE: "+{n}", "+{n}";
    NODE_EMPTY: "No Pod is on this node.", "此节点上没有 Pod。";
    EMPTY_TITLE: "The cluster is empty", "集群是空的";
    EMPTY_TEXT: "Apply the manifest, and watch it go from kubectl to a running process.", "应用清单，看它如何从 kubectl 变成运行中的进程。";
    EMPTY_APPLY: "Apply the manifest", "应用清单";
    UNPLACED: "In the API, waiting for a node", "已在 API 中，等待节点";
    ORPHAN: "Gone from the API; its containers are still on the node", "已从 API 消失，容器仍在节点上";
    GRACE_LEFT: "SIGKILL in {s} s", "{s} 秒后 SIGKILL";
    GRACE_POD: "Grace period: {s} of {total} s left", "宽限期：剩余 {s} / {total} 秒";
    GRACE_OVER: "Grace period is over", "宽限期已尽";
    SANDBOX: "sandbox", "沙箱";
    SANDBOX_UP: "The sandbox (pause) runs", "沙箱（pause）正在运行";
    SANDBOX_DOWN: "There is no sandbox", "没有沙箱";
    PHASES: "Phase: {phase}", "阶段：{phase}";
    CONDITIONS: "Conditions", "状况";
    SINCE: "since {t}", "自 {t} 起";
    FOR: "for {t}", "已 {t}";
    API_SAYS: "API", "API";
    NODE_HAS: "Node", "节点";
    NOT_SEEN: "the API has not seen it yet", "API 尚未得知";
    NO_STATUS: "no status yet", "尚无状态";
    ABSENT: "not there", "不存在";
    CREATED: "created", "已创建";
    RUNNING: "running", "运行中";
    EXITED: "exit {code}", "退出码 {code}";
    LAST: "before: {what}", "上一次：{what}";
    READY: "ready", "就绪";
    NOT_READY: "not ready", "未就绪";
    RESTARTS: "restarted {n} times", "已重启 {n} 次";
    RESTARTS_NONE: "not restarted", "未重启";
    KIND_INIT: "init", "init";
    KIND_SIDECAR: "sidecar", "sidecar";
    PROCESSES: "Processes", "进程";
    PROCESS_RUNNING: "running", "运行";
    PROCESS_BUSY: "busy", "忙";
    PROCESS_SLEEPING: "sleeping", "睡眠";
    PROCESS_PAUSED: "waiting for a signal", "等待信号";
    PROCESS_WAITING: "waiting for its children", "等待子进程";
    PROCESS_WAITING_FOR: "waiting for {pid} {name}", "等待 {pid} {name}";
    PROCESS_READING: "reading", "读取输入";
    PROCESS_WRITING: "waiting to write", "等待写入";
    PROCESS_NETWORK: "listening", "等待网络";
    PROCESS_STOPPED: "stopped", "已暂停";
    PROCESS_ZOMBIE: "zombie", "僵尸";
    PROCESS_ZOMBIE_OF: "zombie, exit {code}", "僵尸，退出码 {code}";
    PROCESS_LINE: "line {n}", "第 {n} 行";
    PROCESS_EXEC: "Started from outside: a probe, a hook or kubectl exec", "从外部启动：探针、钩子或 kubectl exec";
    SLEEPS: "sleeping {t} of {total}", "睡眠 {t}，共 {total}";
    WAKES: "wakes in {t}", "{t} 后醒来";
    TRAPS: "Has a trap for {signals}", "设置了 {signals} 的 trap";
    PENDING: "{signal} is pending", "{signal} 待处理";
    MEMORY: "Memory", "内存";
    MEMORY_OF: "{used} of {limit}", "{used} / {limit}";
    MEMORY_FREE: "{used}, no limit", "{used}，无上限";
    CPU: "CPU", "CPU";
    CPU_HELD: "{given} of the {wanted} it wants; throttled in {n} % of the time", "想用 {wanted}，只得 {given}；{n}% 的时间被限流";
    SHARED_POD: "One process table for all containers (shareProcessNamespace)", "所有容器共用一张进程表（shareProcessNamespace）";
    SHARED_NODE: "The node's process table (hostPID)", "节点的进程表（hostPID）";
    PROBES: "Probes", "探针";
    PROBE_NEXT_LONG: "Next attempt in {t}", "下次探测在 {t} 后";
    PROBE_FAILURES: "failed {n} of {m}", "失败 {n}/{m}";
    PROBE_SUCCESSES: "passed {n} of {m}", "成功 {n}/{m}";
    PROBE_NONE: "not tried yet", "尚未探测";
    PROBE_HOLD: "on hold until the container restarts", "暂停，直到容器重启";
    PROBE_DELAY: "initialDelaySeconds", "initialDelaySeconds";
    PROBE_STARTUP_FIRST: "waits for the startup probe", "等待 startup 探针";
    PROBE_STARTUP_DONE: "done: it has started", "已完成：容器已启动";
    PROBE_NOT_RUNNING: "the container does not run", "容器未运行";
    PROBE_VERDICT: "verdict {verdict}", "结论 {verdict}";
    HOOK_RUNS: "running for {t}", "已运行 {t}";
    HOOK_OK: "done in {t}", "{t} 内完成";
    HOOK_FAILED: "failed after {t}", "{t} 后失败";
    HOOK_ENDED: "ended after {t}", "{t} 后结束";
    SIGNALS: "Signals", "信号";
    SIGNAL_KILLED: "ended the process", "进程终止";
    SIGNAL_TRAP: "its trap runs", "执行 trap";
    SIGNAL_TRAP_WAITS: "its trap runs when the child has ended", "子进程结束后执行 trap";
    SIGNAL_IGNORED: "ignored: PID 1 has no handler", "被忽略：PID 1 没有处理函数";
    SIGNAL_UNHEEDED: "ignored: the process chose to", "被忽略：进程选择不理会";
    SIGNAL_DELIVERED: "stopped it or let it go on", "使其暂停或继续";
    BACKOFF: "back-off {length}", "回退 {length}";
    BACKOFF_LEFT: "restart in {s} s", "{s} 秒后重启";
    BACKOFF_SYNC: "starts with the next sync", "下次同步时启动";
    LOGS: "Log", "日志";
    LOGS_NONE: "no output yet", "尚无输出";
    SERVICES: "Services", "Service";
    ENDPOINTS_NONE: "no endpoints", "没有端点";
    ENDPOINT_READY: "ready", "就绪";
    ENDPOINT_SERVING: "terminating, still serving", "终止中，仍在服务";
    ENDPOINT_TERMINATING: "terminating", "终止中";
    ENDPOINT_NOT_READY: "not ready", "未就绪";
    ENDPOINTS_MORE: "and {n} more", "另有 {n} 个";
    NO_POD: "no Pod reached", "未到达 Pod";
    CLIENTS: "Clients", "客户端";
    CLIENTS_ASK: "GET {path} every {t}", "每 {t} 一次 GET {path}";
    CLIENTS_KEPT: ", all over one connection", "，都走同一连接";
    COUNT_SENT: "sent", "已发";
    COUNT_OPEN: "under way", "进行中";
    COUNT_SERVED: "served", "成功";
    COUNT_LOST: "lost", "丢失";
    COUNT_REFUSED: "refused", "被拒绝";
    COUNT_CUT: "cut", "被切断";
    COUNT_TIMED_OUT: "timed out", "超时";
    COUNT_ERROR: "error answers", "错误应答";
    COUNT_BROKEN: "connections ended", "连接被断";
    TALLY_SERVED: "{n} served", "成功 {n}";
    TALLY_LOST: "{n} lost", "丢失 {n}";
    ACTOR_API: "API server", "API 服务器";
    ACTOR_API_SHORT: "API", "API";
    ACTOR_ENDPOINTS_SHORT: "controllers", "控制器";
    ACTOR_RUNTIME_SHORT: "runtime", "运行时";
    ACTOR_SCHEDULER: "scheduler", "调度器";
    ACTOR_ENDPOINTS: "controllers", "控制器";
    ACTOR_RUNTIME: "runtime", "容器运行时";
    ACTOR_KUBECTL: "kubectl", "kubectl";
    ACTOR_KUBELET: "kubelet", "kubelet";
}

/// What an actor is called.
pub fn actor(kind: ActorKind) -> Text {
    match kind {
        ActorKind::Kubectl => ACTOR_KUBECTL,
        ActorKind::ApiServer => ACTOR_API,
        ActorKind::Scheduler => ACTOR_SCHEDULER,
        ActorKind::Endpoints => ACTOR_ENDPOINTS,
        ActorKind::Kubelet => ACTOR_KUBELET,
        ActorKind::Runtime => ACTOR_RUNTIME,
    }
}

/// What an actor is called where there is little room.
pub fn short_actor(kind: ActorKind) -> Text {
    match kind {
        ActorKind::ApiServer => ACTOR_API_SHORT,
        ActorKind::Endpoints => ACTOR_ENDPOINTS_SHORT,
        ActorKind::Runtime => ACTOR_RUNTIME_SHORT,
        kind => actor(kind),
    }
}

/// The word beside the name of a container that is not a plain one.
pub fn container_kind(kind: ContainerKind) -> Option<Text> {
    match kind {
        ContainerKind::Init => Some(KIND_INIT),
        ContainerKind::Sidecar => Some(KIND_SIDECAR),
        ContainerKind::App => None,
    }
}

/// A process state's key in words; an unknown key has none.
pub fn process_state(key: &str) -> Option<Text> {
    match key {
        "running" => Some(PROCESS_RUNNING),
        "busy" => Some(PROCESS_BUSY),
        "sleeping" => Some(PROCESS_SLEEPING),
        "paused" => Some(PROCESS_PAUSED),
        "waiting" => Some(PROCESS_WAITING),
        "reading" => Some(PROCESS_READING),
        "writing" => Some(PROCESS_WRITING),
        "network" => Some(PROCESS_NETWORK),
        "stopped" => Some(PROCESS_STOPPED),
        "zombie" => Some(PROCESS_ZOMBIE),
        _ => None,
    }
}

/// What a signal did, by its key; an unknown key has no words.
pub fn signal_effect(key: &str) -> Option<Text> {
    match key {
        "killed" => Some(SIGNAL_KILLED),
        "trap" => Some(SIGNAL_TRAP),
        "trap-waits" => Some(SIGNAL_TRAP_WAITS),
        "ignored" => Some(SIGNAL_IGNORED),
        "unheeded" => Some(SIGNAL_UNHEEDED),
        "delivered" => Some(SIGNAL_DELIVERED),
        _ => None,
    }
}

/// Why a probe is not tried, by its key.
pub fn probe_idle(key: &str) -> Option<Text> {
    match key {
        "initial-delay" => Some(PROBE_DELAY),
        "startup-first" => Some(PROBE_STARTUP_FIRST),
        "startup-done" => Some(PROBE_STARTUP_DONE),
        "not-running" => Some(PROBE_NOT_RUNNING),
        _ => None,
    }
}
