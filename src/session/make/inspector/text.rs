//! The inspector's side as a text that can be copied.

use crate::api::print::tabs::{TABLE, align};
use crate::session::view::{
    Body, FileView, FilesView, InspectorView, LineChange, LogsView, NetworkView, PlaceView,
    ProcessView, ResourceRow, ResourcesView,
};

impl InspectorView {
    /// What is shown, as plain text.
    pub fn text(&self) -> String {
        match &self.body {
            Body::Gone => String::new(),
            Body::Text(text) => text.clone(),
            Body::Yaml(view) => {
                let lines = view.lines.iter().filter(|l| l.change != LineChange::Removed);
                lines.map(|line| [line.text.as_str(), "\n"].concat()).collect()
            }
            Body::Conditions(list, _) => {
                let row = |c: &crate::session::view::ConditionView| {
                    line(&[&c.kind, &c.status, &c.since.to_string(), &c.reason, &c.message])
                };
                table("TYPE\tSTATUS\tSINCE\tREASON\tMESSAGE\n", list.iter().map(row))
            }
            Body::Events(list) => {
                let row = |e: &crate::session::view::EventView| {
                    let kind = if e.warning { "Warning" } else { "Normal" };
                    let (last, count) = (e.last.to_string(), e.count.to_string());
                    line(&[&last, kind, &e.reason, &e.from, &count, &e.message])
                };
                table("LAST\tTYPE\tREASON\tFROM\tCOUNT\tMESSAGE\n", list.iter().map(row))
            }
            Body::Logs(list) => list.iter().map(logs).collect(),
            Body::Files(list) => list.iter().map(files).collect(),
            Body::Processes(list, shared) => {
                let shared = shared.iter().flat_map(|s| &s.processes).map(|p| process("", p));
                let own = list.iter().flat_map(|(c, all)| all.iter().map(|p| process(c, p)));
                table("CONTAINER\tPID\tPPID\tSTATE\tCOMMAND\n", shared.chain(own))
            }
            Body::Network(view) => network(view),
            Body::Resources(view) => resources(view),
        }
    }
}

/// Cells of a row; line ends inside of them become blanks.
fn line(cells: &[&str]) -> String {
    cells.join("\t").replace('\n', " ") + "\n"
}

fn table(head: &str, rows: impl Iterator<Item = String>) -> String {
    align(&rows.fold(head.to_string(), |text, row| text + &row), TABLE)
}

fn logs(logs: &LogsView) -> String {
    let head = ["==> ", &logs.container, " #", &logs.instance.to_string(), "\n"].concat();
    logs.lines.iter().fold(head, |text, line| text + &line.line + "\n")
}

fn files(view: &FilesView) -> String {
    let place = |p: &PlaceView| -> String { p.files.iter().map(file).collect() };
    let head = ["==> ", &view.container, "\n"].concat();
    view.places.iter().fold(head, |text, p| text + &place(p))
}

fn file(file: &FileView) -> String {
    let arrow = if file.link.is_empty() { "" } else { " -> " };
    let size = file.size.to_string();
    let head = [&file.mode, " ", &size, " ", &file.path, arrow, &file.link, "\n"].concat();
    match &file.text {
        Some(text) if text.is_empty() || text.ends_with('\n') => head + text,
        Some(text) => head + text + "\n",
        None => head,
    }
}

fn process(container: &str, p: &ProcessView) -> String {
    let (pid, parent) = (p.pid.to_string(), p.parent.to_string());
    line(&[container, &pid, &parent, &p.state, &p.command])
}

fn network(view: &NetworkView) -> String {
    let mut text = ["podIP\t", &view.ip, "\nhostIP\t", &view.host_ip, "\n"].concat();
    if let Some(shared) = &view.sharing {
        text.extend(shared.ports.iter().map(|(port, whose)| {
            line(&["listens", &[":", &port.to_string(), " ", whose].concat()])
        }));
    }
    text.extend(view.declared.iter().map(|(of, port, _)| line(&["containerPort", port, of])));
    text.extend(view.services.iter().map(|(name, address, _)| line(&["Service", name, address])));
    align(&text, TABLE)
}

fn resources(view: &ResourcesView) -> String {
    let or = |text: &str| if text.is_empty() { "-".to_string() } else { text.to_string() };
    let row = |r: &ResourceRow| {
        let used = r.usage.as_ref();
        let cpu = used.map_or("-".to_string(), |u| [&u.cpu.to_string(), "m"].concat());
        let memory = used.map_or("-".to_string(), |u| u.memory.to_string());
        let score = r.oom_score_adj.map_or("-".to_string(), |score| score.to_string());
        let written = r.requests.iter().chain(&r.limits).map(|text| or(text));
        let written: Vec<String> = written.collect();
        line(&[&r.container, &written.join("\t"), &cpu, &memory, &score])
    };
    let head = "CONTAINER\tCPU-REQUEST\tMEMORY-REQUEST\tCPU-LIMIT\tMEMORY-LIMIT\tCPU\tMEMORY\t\
        OOM-SCORE-ADJ\n";
    table(head, view.rows.iter().map(row)) + "QoS " + &view.qos + "\n"
}
