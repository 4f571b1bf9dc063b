//! The words of the timeline.

use super::Text;
use crate::session::view::LaneKind;

texts! {
    TITLE: "Timeline", "时间线";
    ROLE: "timeline with lanes", "带泳道的时间线";
    KEYS: "Up and down choose a lane, left and right a mark, Enter goes there. Plus and minus zoom, zero shows all, Shift with left or right moves the view.", "上下键选泳道，左右键选标记，回车跳转。加减号缩放，0 显示全部，Shift 加左右键平移。";
    EMPTY: "Nothing has happened yet. Each state and each probe will be written here.", "尚无事件发生。之后每个状态、每次探测都会记在这里。";
    ALL_HIDDEN: "All lanes are hidden. Show a kind above.", "所有泳道均已隐藏，请在上方选择要显示的种类。";
    ZOOM_IN: "Zoom in", "放大";
    ZOOM_OUT: "Zoom out", "缩小";
    ZOOM_FIT: "Show all", "显示全部";
    EARLIER: "Earlier", "向前";
    LATER: "Later", "向后";
    SHOW_KINDS: "Lanes shown", "显示的泳道";
    AXIS: "virtual time", "虚拟时间";
    HINT: "↑ ↓ lanes · ← → marks · Enter goes there · + − zoom", "↑ ↓ 泳道 · ← → 标记 · 回车跳转 · + − 缩放";
    POD: "Pod {pod}", "Pod {pod}";
    CURSOR: "Now at {t}", "当前 {t}";
    AT: "{what}, at {t}", "{what}，位于 {t}";
    FROM_TO: "{what}, {from} to {to}", "{what}，{from} 至 {to}";
    SINCE: "{what}, since {from}", "{what}，自 {from} 起";
    STATES: "{n} states", "{n} 个状态";
    MARKS: "{n} marks", "{n} 个标记";
    LANE: "{kind} {title}", "{kind} {title}";
    LANE_EMPTY: "empty", "空";
    KIND_ACTIONS: "Actions", "操作";
    KIND_PHASE: "Phase", "阶段";
    KIND_CONDITION: "Conditions", "状况";
    KIND_CONTAINER: "Containers", "容器";
    KIND_PROBE: "Probes", "探针";
    KIND_HOOK: "Hooks", "钩子";
    KIND_SIGNAL: "Signals", "信号";
    KIND_ENDPOINT: "Endpoints", "端点";
    KIND_TRAFFIC: "Requests", "请求";
    KIND_EVENT: "Events", "事件";
    ONE_ACTIONS: "action", "操作";
    ONE_PHASE: "phase", "阶段";
    ONE_CONDITION: "condition", "状况";
    ONE_CONTAINER: "container", "容器";
    ONE_PROBE: "probe", "探针";
    ONE_HOOK: "hook", "钩子";
    ONE_SIGNAL: "signals", "信号";
    ONE_ENDPOINT: "endpoint", "端点";
    ONE_TRAFFIC: "requests", "请求";
    ONE_EVENT: "events", "事件";
}

/// What lanes of a kind are called together.
pub fn kinds(kind: LaneKind) -> Text {
    match kind {
        LaneKind::Actions => KIND_ACTIONS,
        LaneKind::Phase => KIND_PHASE,
        LaneKind::Condition => KIND_CONDITION,
        LaneKind::Container => KIND_CONTAINER,
        LaneKind::Probe => KIND_PROBE,
        LaneKind::Hook => KIND_HOOK,
        LaneKind::Signal => KIND_SIGNAL,
        LaneKind::Endpoint => KIND_ENDPOINT,
        LaneKind::Traffic => KIND_TRAFFIC,
        LaneKind::Event => KIND_EVENT,
    }
}

/// What one lane of a kind is called.
pub fn kind(kind: LaneKind) -> Text {
    match kind {
        LaneKind::Actions => ONE_ACTIONS,
        LaneKind::Phase => ONE_PHASE,
        LaneKind::Condition => ONE_CONDITION,
        LaneKind::Container => ONE_CONTAINER,
        LaneKind::Probe => ONE_PROBE,
        LaneKind::Hook => ONE_HOOK,
        LaneKind::Signal => ONE_SIGNAL,
        LaneKind::Endpoint => ONE_ENDPOINT,
        LaneKind::Traffic => ONE_TRAFFIC,
        LaneKind::Event => ONE_EVENT,
    }
}
