//! Running a line.

use super::entry::{Entry, More};
use crate::api::query::{Answer, Query};
use crate::base::{Set, SimTime};
use crate::course::Deed;
use crate::course::kubectl;
use crate::engine::Action;
use crate::engine::reading::{Reading, WaitFor, followed, too_late};
use crate::session::command::Changed;
use crate::session::core::{Session, in_namespace};

/// How finely time is looked at while something is waited for.
const LOOK: SimTime = SimTime::ms(50);

impl Session {
    /// Runs a command line as it was typed, with or without the word kubectl.
    pub(in crate::session) fn console(&mut self, line: &str) -> Changed {
        let line = line.trim();
        let args = line.strip_prefix("kubectl ").unwrap_or(line).trim();
        let lens = Changed { lens: true, ..Changed::default() };
        match args.split_whitespace().next() {
            None => Changed::default(),
            Some("clear") => {
                self.console.entries.clear();
                lens
            }
            Some("apply") => self.apply_in_namespace(args),
            Some("create") if names_file(args) => self.apply_in_namespace(args),
            Some("delete") if names_file(args) => self.delete_text(args),
            Some("edit") => {
                self.said(args, EDIT, 1);
                lens
            }
            Some("help" | "--help" | "-h") => {
                let text = ["There are: ", &kubectl::verbs::all().join(", "), "\n"].concat();
                self.said(args, &text, 0);
                lens
            }
            Some(_) => self.run(args, kubectl::parse(args)),
        }
    }

    /// `apply -f`: the file is the editor's text, whatever name was typed. Where its objects go,
    /// the text says.
    fn apply_in_namespace(&mut self, args: &str) -> Changed {
        let words = args.split_whitespace().map(str::to_string).collect();
        let wanted = match kubectl::place::split(words) {
            Ok((namespace, _)) => namespace,
            Err(error) => {
                self.said(args, &error, 1);
                return Changed { lens: true, ..Changed::default() };
            }
        };
        let elsewhere = |home: &&str| wanted != "default" && **home != wanted;
        let other = self.manuscript.homes().find(elsewhere).map(str::to_string);
        if let Some(home) = other {
            let text = mismatch(&home, &wanted);
            self.said(args, &text, 1);
            return Changed { lens: true, ..Changed::default() };
        }
        self.console.end(self.cursor);
        self.apply_text()
    }

    /// `delete -f`: the file is the editor's text, whatever name was typed.
    fn delete_text(&mut self, args: &str) -> Changed {
        let objects = self.manuscript.reading().documents.iter();
        let names: Vec<String> = objects
            .filter(|object| !object.name.is_empty())
            .map(|object| [object.kind.as_str(), "/", &object.name].concat())
            .collect();
        if names.is_empty() {
            self.said(args, NO_OBJECTS, 1);
            return Changed { lens: true, ..Changed::default() };
        }
        let homes: Set<&str> = self.manuscript.homes().collect();
        let home = homes.first().copied().filter(|_| homes.len() == 1);
        let place = in_namespace(home);
        let line = [&["delete".to_string()], &names[..], &without_file(args)].concat().join(" ");
        let line = line + &place;
        self.run(&line, kubectl::parse(&line))
    }

    fn run(&mut self, line: &str, action: Action) -> Changed {
        let lens = Changed { lens: true, ..Changed::default() };
        match action {
            Action::Refused { args, error } => {
                self.said(&args, &error, 1);
                lens
            }
            Action::Read { args, reading } => match &*reading {
                Reading::Wait(of) => self.wait(&args, of),
                reading => {
                    let answer = self.world().read(reading).unwrap_or_default();
                    let more = self.goes_on(reading, &answer);
                    let until = more.is_none().then_some(self.cursor);
                    self.console.add(Entry { at: self.cursor, args, answer, more, until });
                    lens
                }
            },
            action => {
                self.console.end(self.cursor);
                let changed = self.act(action, Deed::Kubectl(line.to_string()));
                // The editor's text was not what was refused.
                self.manuscript.refuse(None);
                changed
            }
        }
    }

    /// What a command goes on telling, if it does.
    fn goes_on(&self, reading: &Reading, answer: &Answer) -> Option<More> {
        match reading {
            _ if answer.code != 0 => None,
            Reading::Ask(Query::Get(get)) if get.watch => Some(More::Watch(get.clone())),
            Reading::Logs(of) if of.follow => Some(More::Follow(followed(self.world(), of))),
            _ => None,
        }
    }

    fn said(&mut self, args: &str, text: &str, code: i32) {
        let (out, err) = if code == 0 { (text, "") } else { ("", text) };
        let answer = Answer { out: out.to_string(), err: err.to_string(), code };
        let (at, args) = (self.cursor, args.to_string());
        self.console.add(Entry { at, args, answer, more: None, until: Some(at) });
    }

    /// Lets time pass until it is so, or too late.
    fn wait(&mut self, args: &str, of: &WaitFor) -> Changed {
        let (begin, until) = (self.cursor, self.cursor + of.timeout);
        let reading = Reading::Wait(of.clone());
        let mut changed = Changed { lens: true, ..Changed::default() };
        let answer = loop {
            if let Some(answer) = self.world().read(&reading) {
                break answer;
            }
            let stuck = self.world().stopped.is_some();
            if self.cursor >= until || stuck {
                break too_late(of, &self.world().objects());
            }
            changed = changed.and(self.go_to((self.cursor + LOOK).min(until)));
        };
        self.console.end(begin);
        let (at, args) = (self.cursor, args.to_string());
        self.console.add(Entry { at, args, answer, more: None, until: Some(at) });
        changed
    }
}

/// Whether `-f` is among the words.
fn names_file(args: &str) -> bool {
    let is = |word: &str| word == "-f" || word.starts_with("-f=") || word.starts_with("--filename");
    args.split_whitespace().take_while(|word| *word != "--").any(is)
}

/// The words behind the verb, without `-f FILE`.
fn without_file(args: &str) -> Vec<String> {
    let mut words = args.split_whitespace().skip(1);
    let mut kept = Vec::new();
    while let Some(word) = words.next() {
        if ["-f", "--filename"].contains(&word) {
            words.next();
        } else if !names_file(word) {
            kept.push(word.to_string());
        }
    }
    kept
}

/// What is said of a file that has no room for the namespace of the command.
/// Source: cli-runtime resource/visitor.go RequireNamespace
fn mismatch(home: &str, wanted: &str) -> String {
    match home {
        "default" => [
            "error: Lifepod applies the text of the editor as it stands: write \"namespace: ",
            wanted,
            "\" below \"metadata:\"\n",
        ]
        .concat(),
        home => [
            "error: the namespace from the provided object \"",
            home,
            "\" does not match the namespace \"",
            wanted,
            "\". You must pass '--namespace=",
            home,
            "' to perform this operation.\n",
        ]
        .concat(),
    }
}

const NO_OBJECTS: &str = "error: there is no object in the editor's text\n";

const EDIT: &str = "error: Lifepod has no \"kubectl edit\": change the manifest in the editor of \
    this page and apply it, or use \"kubectl patch\"\n";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Command;

    fn at(seconds: u64) -> Session {
        let mut session = Session::new();
        session.apply(Command::Seek(SimTime::secs(seconds)));
        session
    }

    fn type_line(session: &mut Session, line: &str) -> (String, i32) {
        session.apply(Command::Kubectl(line.to_string()));
        let echo = session.transport().echo.last().cloned().expect("it is echoed");
        (echo.answer, echo.code)
    }

    #[test]
    fn what_reads_changes_nothing_and_is_answered_at_the_cursor() {
        let mut session = at(40);
        session.apply(Command::Seek(SimTime::secs(8)));
        let tip = session.transport().tip;
        let (table, code) = type_line(&mut session, "kubectl get pods");
        assert!(table.contains(" 1/1     Running   0          8s") && code == 0, "{table}");
        let transport = session.transport();
        assert_eq!((transport.tip, transport.can_undo), (tip, false));
        let (gone, code) = type_line(&mut session, "get pod nope");
        assert_eq!(
            (gone.as_str(), code),
            ("Error from server (NotFound): pods \"nope\" not found\n", 1)
        );
        assert_eq!(type_line(&mut session, "edit pod x").1, 1);
        assert!(type_line(&mut session, "frob").0.contains("There are: annotate, "));
        // What was asked later than the cursor has not been asked yet.
        session.apply(Command::Seek(SimTime::secs(3)));
        assert!(session.transport().echo.iter().all(|echo| echo.at <= SimTime::secs(3)));
    }

    #[test]
    fn what_acts_is_an_act_of_the_run() {
        let mut session = at(5);
        let pod = session.transport().pods[0].clone();
        let (answer, code) = type_line(&mut session, &["label pod ", &pod, " a=b"].concat());
        assert_eq!((answer, code), (["pod/", &pod, " labeled\n"].concat(), 0));
        assert!(session.transport().can_undo);
        assert_eq!(
            type_line(&mut session, "get pods -l a=b -o name").0,
            ["pod/", &pod, "\n"].concat()
        );
        let refused = type_line(&mut session, "label pod nope a=b");
        assert!(refused.1 == 1 && session.editor().refused.is_none(), "{refused:?}");
    }

    #[test]
    fn watching_goes_on_until_the_next_command() {
        let mut session = Session::new();
        type_line(&mut session, "get pods -w");
        session.apply(Command::Seek(SimTime::secs(6)));
        let echo = session.transport().echo.last().cloned().expect("it is echoed");
        assert!(echo.running && echo.answer.contains("ContainerCreating"), "{}", echo.answer);
        assert!(echo.answer.contains("Running"), "{}", echo.answer);
        type_line(&mut session, "version");
        let before = session.transport().echo.iter().rev().nth(1).cloned().expect("the watch");
        assert_eq!((before.running, &before.answer), (false, &echo.answer));
    }

    #[test]
    fn waiting_lets_time_pass() {
        let mut session = Session::new();
        let pod = session.transport().pods[0].clone();
        let line = ["wait --for=condition=Ready pod/", &pod].concat();
        assert_eq!(
            type_line(&mut session, &line),
            (["pod/", &pod, " condition met\n"].concat(), 0)
        );
        assert!(session.transport().cursor > SimTime::ms(100));
        let from = session.transport().cursor;
        let (late, code) = type_line(&mut session, &[&line, " --for=delete --timeout=2s"].concat());
        assert!(late.starts_with("error: timed out waiting") && code == 1, "{late}");
        assert_eq!(session.transport().cursor, from + SimTime::secs(2));
    }

    #[test]
    fn a_file_is_the_text_of_the_editor() {
        let mut session = at(5);
        let pod = session.transport().pods[0].clone();
        let (answer, code) = type_line(&mut session, "delete -f pod.yaml --now");
        let want = ["pod \"", &pod, "\" deleted from default namespace\n"].concat();
        assert_eq!((answer, code), (want, 0));
        session.apply(Command::SetText("# nothing".into()));
        assert_eq!(type_line(&mut session, "delete --filename=x").1, 1);
    }

    #[test]
    fn logs_of_many_pods_are_told_and_followed() {
        let mut session = Session::new();
        let made = type_line(
            &mut session,
            "create deployment web --image=busybox -r 2 -- \
            sh -c \"while :; do echo tick; sleep 4; done\"",
        );
        assert_eq!(made.1, 0, "{}", made.0);
        session.apply(Command::Seek(SimTime::secs(6)));
        let all = type_line(&mut session, "logs -l app=web -f --prefix").0;
        assert_eq!(all.matches("] tick\n").count(), 4, "{all}");
        session.apply(Command::Seek(SimTime::secs(11)));
        let echo = session.transport().echo.last().cloned().expect("it is echoed");
        assert!(echo.answer.matches("] tick\n").count() > 4, "{}", echo.answer);
        let one = type_line(&mut session, "logs deploy/web").0;
        assert!(
            one.starts_with("Found 2 pods, using pod/web-") && one.ends_with("tick\n"),
            "{one}"
        );
        type_line(&mut session, "exec deploy/web -- hostname");
        session.apply(Command::Seek(SimTime::secs(12)));
        let inside = session.transport().echo.last().cloned().expect("it is echoed");
        assert!(inside.answer.starts_with("web-") && inside.code == 0, "{inside:?}");
        assert_eq!(type_line(&mut session, "top pods").0, "error: Metrics API not available\n");
        assert!(type_line(&mut session, "logs deploy/nope").0.contains("deployments.apps"));
        assert_eq!(
            type_line(&mut session, "logs -l app=nope").0,
            "No resources found in default namespace.\n"
        );
    }

    #[test]
    fn run_stays_with_its_pod_and_removes_it() {
        let mut session = at(5);
        type_line(
            &mut session,
            "run tmp --rm -i --restart=Never --image=busybox -- sh -c 'echo a; sleep 9; exit 3'",
        );
        let last = |session: &mut Session| session.transport().echo.last().cloned().expect("one");
        session.apply(Command::Seek(SimTime::secs(9)));
        let told = last(&mut session);
        assert_eq!((told.answer.as_str(), told.running), ("a\n", true));
        session.apply(Command::Seek(SimTime::secs(20)));
        let want = "a\npod \"tmp\" deleted from default namespace\n\
                    pod default/tmp terminated (Error)\n";
        let told = last(&mut session);
        assert_eq!((told.answer.as_str(), told.code), (want, 3));
        assert_eq!(session.transport().pods.len(), 1);
        let terminal = type_line(&mut session, "run tmp -it --image=busybox -- sh");
        assert!(terminal.0.contains("no terminal") && terminal.1 == 1);
    }

    #[test]
    fn lines_are_completed_from_the_cluster() {
        let session = at(1);
        assert_eq!(session.complete("get nod"), ["nodes"]);
        assert_eq!(session.complete("cordon "), ["node-1"]);
    }
}
