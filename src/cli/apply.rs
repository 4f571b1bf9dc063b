//! `lifepod apply FILE`: what `kubectl apply -f FILE` answers.

use std::io::Write;

use super::files::{finish, text_of};
use crate::base::Lang;
use crate::base::json::Value;
use crate::session::apply_answer::answer;
use crate::session::diagnostic_text::diagnostics;

const USAGE: &str = "usage: lifepod apply FILE [--diagnostics] [--lang en|zh]";

/// Runs the command; gives its exit code: 0 taken, 1 refused, 2 bad usage.
pub fn run(args: &[String], out: &mut dyn Write, err: &mut dyn Write) -> i32 {
    let Some(asked) = Asked::parse(args) else {
        return finish(writeln!(err, "{USAGE}"), 2);
    };
    let text = match text_of(&asked.file) {
        Ok(text) => text,
        Err(told) => return finish(writeln!(err, "{told}"), 1),
    };
    let answer = answer(&text, &asked.file);
    let mut written = write!(out, "{}", answer.stdout).and(write!(err, "{}", answer.stderr));
    if asked.diagnostics {
        let lines = diagnostics(&text, &asked.file, asked.lang, &cards(asked.lang));
        written = written.and(write!(err, "{lines}"));
    }
    finish(written, answer.code)
}

/// The explanations of the rules, by id.
fn cards(lang: Lang) -> impl Fn(&str) -> Option<String> {
    let json = match lang {
        Lang::En => include_str!("../../static/rules/manifest.en.json"),
        Lang::Zh => include_str!("../../static/rules/manifest.zh.json"),
    };
    let cards: Value = crate::base::json::parse(json).unwrap_or_default();
    move |rule| Some(cards[rule]["text"].as_str()?.to_string())
}

struct Asked {
    file: String,
    diagnostics: bool,
    lang: Lang,
}

impl Asked {
    fn parse(args: &[String]) -> Option<Self> {
        let mut file = None;
        let (mut diagnostics, mut lang) = (false, Lang::En);
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--diagnostics" => diagnostics = true,
                "--lang" => lang = Lang::from_code(args.next()?)?,
                "-f" | "--filename" => file = Some(args.next()?.clone()),
                other if other.starts_with('-') || file.is_some() => return None,
                other => file = Some(other.to_string()),
            }
        }
        Some(Asked { file: file?, diagnostics, lang })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(args: &[&str]) -> (i32, String, String) {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/manifests/");
        let whole = |arg: &&str| match arg.strip_suffix(".yaml") {
            Some(_) => format!("{folder}{arg}"),
            None => arg.to_string(),
        };
        let args: Vec<String> = args.iter().map(whole).collect();
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let code = run(&args, &mut out, &mut err);
        let text = |bytes| String::from_utf8(bytes).expect("answers are text").replace(folder, "");
        (code, text(out), text(err))
    }

    #[test]
    fn a_sound_file_is_taken_and_a_wrong_one_is_not() {
        let taken = (0, "pod/web created\nservice/web created\n".into(), String::new());
        assert_eq!(check(&["-f", "sound.yaml"]), taken);
        let (code, out, err) = check(&["missing.yaml", "--diagnostics"]);
        assert_eq!((code, out.as_str()), (1, ""));
        assert!(err.starts_with("The Pod \"web\" is invalid: spec.containers: Required value\n"));
        assert!(err.contains("--> missing.yaml:5:1\n"), "{err}");
        assert!(err.contains("error[api.containers]: ") && err.contains(" = why: "), "{err}");
        let (_, _, err) = check(&["missing.yaml", "--diagnostics", "--lang", "zh"]);
        assert!(err.contains("错误[api.containers]: ") && err.contains(" = 原因: "), "{err}");
    }

    #[test]
    fn a_file_that_is_not_there_and_a_call_that_makes_no_sense_are_told() {
        let (code, _, err) = check(&["nope.yaml"]);
        assert_eq!((code, err.as_str()), (1, "error: the path \"nope.yaml\" does not exist\n"));
        for args in [&[][..], &["a", "b"], &["--what"], &["sound.yaml", "--lang", "fr"]] {
            assert_eq!(check(args).0, 2, "{args:?}");
        }
    }
}
