//! The exercises: every start fails, every solution passes, every wrong answer misses the goals
//! that it says it misses.

use lifepod::base::json::{Value, parse};
use lifepod::course::exercise::edits::edits;
use lifepod::session::exercise::{Exercise, read};
use lifepod::session::grade::{Graded, Outcome, grade};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("static/exercises")
}

fn file(exercise: &str, name: &str) -> String {
    let path = root().join(exercise).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn names() -> Vec<String> {
    let entries = std::fs::read_dir(root()).unwrap().map(|entry| entry.unwrap());
    let folders = entries.filter(|entry| entry.file_type().unwrap().is_dir());
    let mut names: Vec<String> =
        folders.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn exercise(name: &str) -> Exercise {
    read(&file(name, "exercise.yaml")).unwrap_or_else(|mistakes| {
        let told: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        panic!("{name}: {told:#?}")
    })
}

fn missed(graded: &Graded) -> Vec<&str> {
    graded.goals.iter().filter(|goal| !goal.passed).map(|goal| goal.id.as_str()).collect()
}

fn index() -> Vec<Value> {
    let text = std::fs::read_to_string(root().join("index.json")).unwrap();
    parse(&text).unwrap().as_array().unwrap().clone()
}

#[test]
fn there_are_ten_and_the_index_lists_them_with_their_titles() {
    let index = index();
    let mut told: Vec<&str> = index.iter().map(|one| one["name"].as_str().unwrap()).collect();
    told.sort_unstable();
    assert_eq!(told, names());
    assert!(told.len() >= 10);
    for one in &index {
        let name = one["name"].as_str().unwrap();
        for lang in ["en", "zh"] {
            let title = one["title"][lang].as_str().unwrap();
            assert!(!one["chapter"][lang].as_str().unwrap().is_empty());
            let text = file(name, &format!("text.{lang}.md"));
            assert_eq!(text.lines().next(), Some(format!("# {title}").as_str()), "{name}");
        }
    }
}

#[test]
fn every_start_fails_and_every_solution_passes_and_touches_only_what_it_may() {
    for name in names() {
        let exercise = exercise(&name);
        let start = grade(&exercise, &exercise.scenario.manifest);
        assert_eq!(start.outcome(), Outcome::Missed, "{name}: {start:?}");
        let solution = file(&name, "solution.yaml");
        assert!(edits(&exercise.scenario.manifest, &exercise.editable, &solution).is_empty());
        let solved = grade(&exercise, &solution);
        assert_eq!(solved.outcome(), Outcome::Passed, "{name}: {solved:?}");
        assert_eq!(solved, grade(&exercise, &solution), "{name}: the same again");
    }
}

#[test]
fn every_goal_is_missed_by_a_plausible_wrong_answer() {
    for name in names() {
        let exercise = exercise(&name);
        let mut open: BTreeMap<&str, bool> =
            exercise.goals.iter().map(|goal| (goal.id.as_str(), true)).collect();
        let start = grade(&exercise, &exercise.scenario.manifest);
        let mut wrong = vec![missed(&start).join(", ")];
        for entry in std::fs::read_dir(root().join(&name)).unwrap() {
            let file_name = entry.unwrap().file_name().into_string().unwrap();
            if !file_name.starts_with("wrong-") {
                continue;
            }
            let text = file(&name, &file_name);
            let fails = text.lines().next().and_then(|l| l.strip_prefix("# fails: ")).unwrap();
            let graded = grade(&exercise, &text);
            assert_eq!(graded.outcome(), Outcome::Missed, "{name}/{file_name}: {graded:?}");
            assert_eq!(missed(&graded).join(", "), fails, "{name}/{file_name}: {graded:?}");
            wrong.push(fails.to_string());
        }
        assert!(wrong.len() > 1, "{name} has no wrong answer");
        for id in wrong.iter().flat_map(|fails| fails.split(", ")) {
            open.insert(exercise.goals.iter().find(|g| g.id == id).unwrap().id.as_str(), false);
        }
        let never: Vec<&&str> = open.iter().filter(|(_, open)| **open).map(|(id, _)| id).collect();
        assert!(never.is_empty(), "{name}: nothing misses {never:?}");
    }
}

#[test]
fn each_file_of_an_exercise_is_known_and_says_enough_in_both_languages() {
    for name in names() {
        let exercise = exercise(&name);
        let chinese = |text: &str| text.chars().any(|c| c > '\u{2e80}');
        let lines = exercise.goals.iter().map(|goal| &goal.text).chain(&exercise.hints);
        for line in lines {
            assert!(chinese(&line.zh) && !chinese(&line.en), "{name}: {line:?}");
        }
        assert!(exercise.hints.len() >= 2, "{name}: at least two hints");
        let (en, zh) = (file(&name, "text.en.md"), file(&name, "text.zh.md"));
        assert_eq!(en.matches("\n## ").count(), 1, "{name}: the story, then why it works");
        assert_eq!(zh.matches("\n## ").count(), 1, "{name}");
        for entry in std::fs::read_dir(root().join(&name)).unwrap() {
            let file = entry.unwrap().file_name().into_string().unwrap();
            let known = ["exercise.yaml", "text.en.md", "text.zh.md", "solution.yaml"];
            assert!(known.contains(&file.as_str()) || file.starts_with("wrong-"), "{name}/{file}");
        }
    }
}

#[test]
fn a_submission_that_changes_what_is_locked_is_not_run_and_told_where() {
    let exercise = exercise("slow-start");
    let text = file("slow-start", "solution.yaml").replace("acme/ledger:1", "nginx:1.27");
    let graded = grade(&exercise, &text);
    assert_eq!(graded.outcome(), Outcome::Locked);
    let edit = &graded.edits[0];
    assert_eq!((edit.path.as_str(), edit.line), ("spec.containers[app].image", 8));
    assert_eq!(edit.was, "\"acme/ledger:1\"");
    assert!(graded.goals.iter().all(|goal| !goal.passed) && graded.goals.len() == 3);
}

#[test]
fn what_no_cluster_takes_is_refused_in_kubectls_words() {
    let exercise = exercise("one-report");
    let start = &exercise.scenario.manifest;
    let graded = grade(&exercise, &start.replace("spec:\n", "spec:\n  restartPolicy: Sometimes\n"));
    assert_eq!(graded.outcome(), Outcome::Refused);
    assert!(graded.refused.unwrap().contains("restartPolicy: Unsupported value"));
}

#[test]
fn whatever_is_handed_in_is_answered() {
    let exercise = exercise("one-report");
    let start = exercise.scenario.manifest.clone();
    let deep = "a: ".to_string() + &"[".repeat(5000);
    let many = "a: 1\n---\n".repeat(2000);
    let bomb = "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c,*c]\n".to_string();
    let long = "x".repeat(2 << 20);
    let busy = start.replace("sleep 2", "while true; do echo x; done");
    let texts =
        ["", "\0\0", "---", "kind: Pod", "- 1", "{}", "a: *b", "spec: [", &deep, &many, &bomb];
    for text in texts.iter().copied().chain([long.as_str(), busy.as_str()]) {
        assert_ne!(grade(&exercise, text).outcome(), Outcome::Passed);
    }
    // Every line left out, and every character of the solution's end: nothing panics.
    let lines: Vec<&str> = start.lines().collect();
    for skip in 0..lines.len() {
        let rest: Vec<&str> =
            lines.iter().enumerate().filter(|(at, _)| *at != skip).map(|(_, l)| *l).collect();
        assert_ne!(grade(&exercise, &rest.join("\n")).outcome(), Outcome::Passed);
    }
}

/// A run that never comes to rest is stopped, and says so.
#[test]
fn a_submission_that_makes_too_much_happen_is_stopped() {
    let mut exercise = exercise("deaf-worker");
    exercise.until = lifepod::base::SimTime::secs(3600);
    exercise.scenario.actions.clear();
    let one =
        "\n  - {image: 'busybox:1.36', command: [sh, -c, 'while :; do seq 1 2000; sleep 20; done']";
    let talkers: String = (0..40).map(|n| format!("{one}, name: c{n}}}")).collect();
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: worker}\nspec:\n  containers:";
    exercise.scenario.manifest = [pod, &talkers, "\n"].concat();
    let graded = grade(&exercise, &exercise.scenario.manifest);
    assert_eq!(graded.outcome(), Outcome::Missed);
    assert!(graded.stopped.is_some(), "{graded:?}");
}

mod command {
    use super::root;
    use lifepod::base::json::parse;

    fn run(args: &[&str]) -> (i32, String, String) {
        let folder = format!("{}/slow-start", root().display());
        let whole = |arg: &&str| match *arg {
            "-o" | "json" | "--help" | "--what" => arg.to_string(),
            file => format!("{folder}/{file}"),
        };
        let args: Vec<String> =
            ["grade".to_string()].into_iter().chain(args.iter().map(whole)).collect();
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let code = lifepod::cli::main(&args, &mut out, &mut err);
        let text = |bytes| String::from_utf8(bytes).unwrap().replace(&folder, "");
        (code, text(out), text(err))
    }

    #[test]
    fn a_row_a_file() {
        let (code, out, err) = run(&["", "solution.yaml"]);
        assert_eq!((code, err.as_str()), (0, ""));
        assert!(out.lines().nth(1).unwrap().contains("passed    3/3"), "{out}");
        let (code, out, _) = run(&["exercise.yaml", "solution.yaml", "wrong-delay.yaml"]);
        assert_eq!((code, out.lines().count()), (1, 3));
        assert!(out.contains("missed    2/3     caught (not seen)"), "{out}");
    }

    #[test]
    fn the_same_as_json() {
        let (code, out, _) = run(&["", "wrong-short-startup.yaml", "solution.yaml", "-o", "json"]);
        let all = parse(&out).unwrap();
        let first = &all["results"][0];
        assert_eq!((code, first["result"].as_str()), (1, Some("missed")));
        let goal = &first["goals"][1];
        assert_eq!(
            (goal["id"].as_str(), goal["passed"].as_bool()),
            (Some("left-alone"), Some(false))
        );
        assert!(goal["saw"].as_str().unwrap().contains("failed startup probe"));
        assert!(goal["at"].is_number());
        assert_eq!(all["results"][1]["passed"].as_bool(), Some(true));
    }

    #[test]
    fn a_call_that_makes_no_sense_is_told() {
        for args in [&[][..], &[""], &["", "solution.yaml", "--what"], &["", "none.yaml"]] {
            let (code, _, err) = run(args);
            assert_eq!(code, 2, "{args:?}");
            assert!(!err.is_empty());
        }
        let (code, _, err) = run(&["text.en.md", "solution.yaml"]);
        assert!(code == 2 && err.contains("text.en.md:"), "{err}");
        let (code, out, _) = run(&["--help"]);
        assert!(code == 0 && out.contains("RESULT"), "{out}");
    }
}
