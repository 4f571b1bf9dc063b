//! What kubectl printed of real objects: every row of `tests/views`, to the letter but for ages.
//!
//! kubectl ran a little after the objects were read: for each text there must be one moment, up to
//! four seconds later, at which ours is the same with every age within a second.

use lifepod::base::json::{Value, json, parse};
use lifepod::session::objects::{ask, read};

const VIEWS: &str = include_str!("../views/views.json");
/// `row view: what had changed`, a line each.
const NOT_AGREED: &str = include_str!("../views/not-agreed.txt");
/// How much later than the objects kubectl may have run, in seconds.
const LATER: i64 = 4;

struct View {
    /// `live-defaults@7s describe`
    name: String,
    want: String,
    verb: &'static str,
    words: Vec<String>,
}

/// The views of a row with what kubectl printed.
fn views(row: &Value) -> Vec<View> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
    let view = |what: &str, want: &Value, verb, words: &[&str]| View {
        name: format!("{} {what}", text(&row["name"])),
        want: text(want),
        verb,
        words: words.iter().map(|word| word.to_string()).collect(),
    };
    let mut all = vec![
        view("get", &row["get"], "get", &[]),
        view("wide", &row["wide"], "get", &["-o", "wide"]),
    ];
    for (pod, want) in row["describe"].as_object().expect("it is a map") {
        all.push(view("describe", want, "describe", &["pod", pod]));
    }
    all.retain(|view| !view.want.trim().is_empty());
    all
}

/// The seconds of an age: `70s`, `(2m5s`, `9s)`.
fn age(word: &str) -> Option<i64> {
    let mut rest = word.trim_matches(['(', ')']);
    let mut seconds = 0;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit())?;
        let unit = match &rest[end..=end] {
            "d" => 86_400,
            "h" => 3600,
            "m" => 60,
            "s" => 1,
            _ => return None,
        };
        seconds += rest[..end].parse::<i64>().ok()? * unit;
        rest = &rest[end + 1..];
    }
    (!word.is_empty()).then_some(seconds)
}

/// Whether two lines are the same; with ages, blanks may be others where widths are.
fn same_line(want: &str, got: &str) -> bool {
    if want == got {
        return true;
    }
    let (wanted, ours): (Vec<&str>, Vec<&str>) =
        (want.split_whitespace().collect(), got.split_whitespace().collect());
    let near = |a: &str, b: &str| match (age(a), age(b)) {
        (Some(a), Some(b)) => (a - b).abs() <= 1,
        _ => a == b,
    };
    wanted.len() == ours.len()
        && wanted.iter().any(|word| age(word).is_some() || *word == "AGE" || *word == "Age")
        && wanted.iter().zip(&ours).all(|(a, b)| near(a, b))
}

/// The first line that is not the same.
fn difference(want: &str, got: &str) -> Option<String> {
    let (mut wanted, mut ours) = (want.trim_end().lines(), got.trim_end().lines());
    loop {
        match (wanted.next(), ours.next()) {
            (None, None) => return None,
            (Some(a), Some(b)) if same_line(a, b) || same_dashes(a, b) => {}
            (a, b) => return Some(format!("want {a:?}\n     got  {b:?}")),
        }
    }
}

/// The line of dashes below a table's names moves with the ages.
fn same_dashes(want: &str, got: &str) -> bool {
    want.trim_start().starts_with("----") && want.split_whitespace().eq(got.split_whitespace())
}

#[test]
fn every_view_is_what_kubectl_printed() {
    let document = parse(VIEWS).expect("it is JSON");
    let excused = |name: &str| NOT_AGREED.lines().any(|line| line.split(": ").next() == Some(name));
    let (mut agreed, mut all, mut problems) = (0, 0, Vec::new());
    for row in document["rows"].as_array().expect("it has rows") {
        let pods = row["pods"].as_array().into_iter().flatten();
        let items: Vec<&Value> =
            pods.chain(row["events"].as_array().into_iter().flatten()).collect();
        let list = json!({"apiVersion": "v1", "kind": "List", "items": items});
        let objects = read(&list.to_string()).expect("it is a list");
        let now = row["now"].to_string().parse::<f64>().expect("a moment") as i64;
        for view in views(row) {
            let tell = |later| {
                let answer = ask(view.verb, &view.words, &objects, now + later);
                difference(&view.want, &answer.out)
            };
            let found = (0..=LATER).map(tell).find(Option::is_none);
            all += 1;
            match (found.is_some(), excused(&view.name)) {
                (true, false) => agreed += 1,
                (false, true) => {}
                (true, true) => problems.push(format!("{}: it agrees: strike it", view.name)),
                (false, false) => {
                    let first = tell(1).unwrap_or_default();
                    problems.push(format!("{}: {first}", view.name));
                }
            }
        }
    }
    println!("views: {agreed} of {all} as kubectl printed them");
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
    assert!(agreed >= 220, "{agreed} of {all}");
}

/// Each line of the list names a view that there is, and says what had changed.
#[test]
fn what_is_not_agreed_is_a_row_with_a_reason() {
    let document = parse(VIEWS).expect("it is JSON");
    let rows = document["rows"].as_array().expect("it has rows");
    let names: Vec<String> = rows.iter().flat_map(views).map(|view| view.name).collect();
    for line in NOT_AGREED.lines().filter(|line| !line.starts_with('#')) {
        let (name, reason) = line.split_once(": ").expect("a name and a reason");
        assert!(names.iter().any(|known| known == name) && reason.len() > 8, "{line}");
    }
}

/// Where the Pod was gone when kubectl asked, its Events alone give what kubectl printed.
#[test]
fn a_pod_that_went_between_is_described_by_its_events() {
    let document = parse(VIEWS).expect("it is JSON");
    let rows = document["rows"].as_array().expect("it has rows").iter();
    let mut found = 0;
    for row in rows {
        let gone = |view: &View| view.want.starts_with("Pod '") && view.verb == "describe";
        for view in views(row).into_iter().filter(gone) {
            let list = json!({"apiVersion": "v1", "kind": "List", "items": row["events"].clone()});
            let objects = read(&list.to_string()).expect("it is a list");
            let now = row["now"].to_string().parse::<f64>().expect("a moment") as i64;
            let agrees = |later| {
                let answer = ask(view.verb, &view.words, &objects, now + later);
                difference(&view.want, &answer.out).is_none()
            };
            assert!((0..=LATER).any(agrees), "{}", view.name);
            found += 1;
        }
    }
    assert_eq!(found, 1, "del-completed@9s");
}

#[test]
fn a_word_that_differs_is_found() {
    assert_eq!(difference("a  5s\nb\n", "a  6s\nb"), None);
    assert!(difference("a 5s", "a 8s").is_some() && difference("a", "a\nb").is_some());
    assert!(
        difference("NAME x", "NAME  x").is_some()
            && difference("a (x2 over 5s)", "a (x3 over 5s)").is_some()
    );
}
