//! The inspector of a session: made only while it is open.

use super::core::Session;
use super::make::cache::Inspected;
use super::make::inspector;
use super::view::InspectorView;
use std::rc::Rc;

/// While time runs the inspector is made anew so often at most, in milliseconds of real time: it
/// is read, not watched, and a large object takes longer than a frame may.
const EVERY_MS: u64 = 120;

impl Session {
    /// What is inspected; `None` while nothing is.
    pub fn inspector(&mut self) -> Option<Rc<InspectorView>> {
        let chosen = self.inspected.as_ref()?;
        let playing = self.playback.playing;
        let good = |made: &&Inspected| {
            made.of == *chosen && (!made.stale || playing && made.age < EVERY_MS)
        };
        if let Some(made) = self.made.inspector.as_ref().filter(good) {
            return Some(made.view.clone());
        }
        let view = Rc::new(inspector::view(self.world(), &self.history, chosen));
        let (of, made) = (chosen.clone(), view.clone());
        self.made.inspector = Some(Inspected { of, view: made, stale: false, age: 0 });
        Some(view)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SimTime;
    use crate::session::Command;
    use crate::session::view::{
        Body, EndpointState, Inspect, LineChange, Lives, LogKept, Section, Since,
    };

    fn session(scenario: &str, secs: u64) -> Session {
        let mut session = Session::new();
        session.apply(Command::Load(scenario.to_string()));
        session.apply(Command::Seek(SimTime::secs(secs)));
        session
    }

    fn look(session: &mut Session, section: Section) -> Rc<InspectorView> {
        let chosen = Inspect { section, ..Inspect::default() };
        session.apply(Command::Inspect(Some(chosen)));
        session.inspector().expect("it is open")
    }

    const APP: &str = "manifest: |
  apiVersion: v1
  kind: Pod
  metadata: {name: web, labels: {app: web}}
  spec:
    volumes: [{name: cache, emptyDir: {}}, {name: conf, configMap: {name: settings}}]
    containers:
    - name: app
      image: busybox:1.36
      command: [sh, -c, 'echo hello; touch /tmp/own; echo kept >> /cache/n; sleep 20; exit 1']
      volumeMounts: [{name: cache, mountPath: /cache}, {name: conf, mountPath: /conf}]
      ports: [{containerPort: 80, name: http}]
      resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {memory: 128Mi}}
  ---
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: settings}
  data: {mode: quick}
  ---
  apiVersion: v1
  kind: Service
  metadata: {name: web}
  spec: {selector: {app: web}, ports: [{port: 80}]}
";

    #[test]
    fn nothing_is_made_while_the_inspector_is_closed() {
        let mut session = Session::new();
        assert!(session.inspector().is_none() && session.made.inspector.is_none());
    }

    #[test]
    fn describe_is_what_the_console_says() {
        let mut session = session(APP, 10);
        let view = look(&mut session, Section::Describe);
        session.apply(Command::Kubectl("describe pod web".to_string()));
        let echo = session.transport().echo.last().cloned().expect("it is answered");
        let Body::Text(text) = &view.body else { panic!("a text") };
        assert_eq!(*text, echo.answer);
        assert_eq!(view.command, "kubectl describe pod web");
        assert!(view.here && view.containers == ["app"]);
        assert_eq!(view.text(), *text);
    }

    #[test]
    fn yaml_tells_what_changed_since_the_mark_the_last_change_and_the_start() {
        let mut session = session(APP, 10);
        let changes = |session: &mut Session, since| {
            let chosen = Inspect { section: Section::Yaml, since, ..Inspect::default() };
            session.apply(Command::Inspect(Some(chosen)));
            let view = session.inspector().expect("it is open");
            let Body::Yaml(yaml) = &view.body else { panic!("a document") };
            let lines = yaml.lines.iter().filter(|line| line.change != LineChange::Same);
            (lines.map(|line| line.text.trim().to_string()).collect::<Vec<_>>(), view.text())
        };
        let (mark, text) = changes(&mut session, Since::Mark);
        assert!(mark.is_empty(), "nothing happened since the last mark: {mark:?}");
        session.apply(Command::Kubectl("get pod web -o yaml".to_string()));
        let echo = session.transport().echo.last().cloned().expect("it is answered");
        assert_eq!(text, echo.answer, "without what is gone it is kubectl's");
        let (change, _) = changes(&mut session, Since::Change);
        assert!(change.iter().any(|line| line == "phase: Running"), "{change:?}");
        let (start, _) = changes(&mut session, Since::Start);
        assert!(start.iter().any(|line| line == "nodeName: node-1"), "{start:?}");
        assert!(start.len() > change.len());
    }

    #[test]
    fn instances_keep_their_logs_and_say_who_still_has_them() {
        let mut session = session(APP, 100);
        let view = look(&mut session, Section::Logs);
        let Body::Logs(logs) = &view.body else { panic!("logs") };
        assert!(logs.len() >= 3, "{logs:?}");
        let kept: Vec<LogKept> = logs.iter().rev().map(|l| l.kept).take(3).collect();
        assert_eq!(kept, [LogKept::Current, LogKept::Previous, LogKept::Gone]);
        for log in logs {
            assert_eq!(log.lines[0].line, "hello");
        }
        assert_eq!(logs[0].ended.as_ref().map(|(_, how)| how.as_str()), Some("Error 1"));
    }

    #[test]
    fn files_say_how_long_they_last() {
        let mut session = session(APP, 30);
        let view = look(&mut session, Section::Files);
        let Body::Files(all) = &view.body else { panic!("files") };
        let places = &all[0].places;
        let lives = |source: &str| {
            let place = places.iter().find(|p| p.source == source).expect("it is mounted");
            (place.lives, place.path.as_str(), place.files.len())
        };
        assert_eq!(lives("emptyDir cache"), (Lives::Pod, "/cache", 1));
        assert_eq!(lives("configMap conf").0, Lives::FromApi);
        let file = |path: &str| {
            let mut files = places.iter().flat_map(|p| &p.files);
            files.find(|f| f.path == path).cloned().expect(path)
        };
        assert_eq!(file("/cache/n").text.as_deref(), Some("kept\nkept\n"), "it survived");
        assert_eq!(file("/conf/mode").text.as_deref(), Some("quick"));
        assert!(file("/etc/hosts").text.is_some_and(|text| text.contains("web")));
        assert!(file("/etc/resolv.conf").text.is_some_and(|text| text.contains("nameserver")));
        let token = "/var/run/secrets/kubernetes.io/serviceaccount/token";
        assert!(file(token).text.is_some_and(|text| !text.is_empty()));
        let own = places.iter().find(|p| p.lives == Lives::Container).expect("its layer");
        assert!(own.files.iter().any(|f| f.path == "/tmp/own"), "{own:?}");
    }

    #[test]
    fn the_network_tells_a_port_that_nobody_listens_on() {
        let mut session = session(APP, 10);
        let view = look(&mut session, Section::Network);
        let Body::Network(network) = &view.body else { panic!("a network") };
        let declared = [("app".to_string(), "80/TCP http".to_string(), false)];
        assert_eq!(network.declared, declared);
        let (name, address, state) = &network.services[0];
        assert_eq!((name.as_str(), *state), ("web", EndpointState::Ready));
        assert!(address.ends_with(":80") && !network.ip.is_empty());
    }

    #[test]
    fn resources_are_those_of_the_manifest_and_of_the_kernel() {
        let mut session = session(APP, 10);
        let view = look(&mut session, Section::Resources);
        let Body::Resources(resources) = &view.body else { panic!("resources") };
        assert_eq!(resources.qos, "Burstable");
        let row = &resources.rows[0];
        assert_eq!(row.requests, ["100m", "64Mi"]);
        assert_eq!(row.limits, ["", "128Mi"]);
        assert!(row.usage.is_some() && row.oom_score_adj.is_some_and(|s| s > 2 && s < 1000));
        assert_eq!(resources.counted, ["100m", "64Mi"]);
        assert!(view.text().contains("OOM-SCORE-ADJ"));
    }

    #[test]
    fn other_objects_have_fewer_sides_and_what_is_gone_says_so() {
        let mut session = session(APP, 10);
        let chosen = Inspect {
            kind: "Node".to_string(),
            name: "node-1".to_string(),
            section: Section::Conditions,
            ..Inspect::default()
        };
        session.apply(Command::Inspect(Some(chosen.clone())));
        let view = session.inspector().expect("it is open");
        let Body::Conditions(list, reasons) = &view.body else { panic!("conditions") };
        assert!(list.iter().any(|c| c.kind == "Ready") && reasons.is_empty());
        let chosen = Inspect { section: Section::Files, ..chosen };
        session.apply(Command::Inspect(Some(chosen)));
        let view = session.inspector().expect("it is open");
        assert_eq!(view.chosen.section, Section::Describe);
        let chosen = Inspect {
            kind: "Pod".to_string(),
            name: "nope".to_string(),
            section: Section::Yaml,
            ..Inspect::default()
        };
        session.apply(Command::Inspect(Some(chosen)));
        let view = session.inspector().expect("it is open");
        assert!(!view.here && view.body == Body::Gone);
    }

    #[test]
    fn while_time_runs_it_is_made_anew_now_and_then_only() {
        let mut session = session(APP, 1);
        let first = look(&mut session, Section::Describe);
        session.apply(Command::Play);
        session.advance(50);
        let kept = session.inspector().expect("it is open");
        assert!(Rc::ptr_eq(&first, &kept));
        session.advance(100);
        let anew = session.inspector().expect("it is open");
        assert!(anew.now > first.now);
        session.advance(10);
        session.apply(Command::Pause);
        assert_eq!(session.inspector().map(|v| v.now), Some(session.transport().cursor));
    }
}
