//! Names of images, and what the kubelet's image manager does with them.

use super::{rows, text};
use crate::processes::Run;
use lifepod::base::json::Value;
use lifepod::shell::images::{Reference, reference};

fn of_kind(kind: &str) -> Vec<Value> {
    let all = rows(include_str!("../../tables/images.json"));
    all.into_iter().filter(|row| text(row, "kind") == kind).collect()
}

#[test]
fn names_are_taken_apart_as_upstream_does() {
    let rows = of_kind("parse");
    assert_eq!(rows.len(), 9);
    for row in rows {
        let image = text(&row, "image");
        let (got, want) = (Reference::parse(image), &row["expect"]);
        assert_eq!(reference::complaint(image), None);
        let parts = (got.repository.as_str(), got.tag.as_str(), got.digest.as_str());
        assert_eq!(parts, (text(want, "repository"), text(want, "tag"), text(want, "digest")));
    }
}

#[test]
fn a_name_gets_the_tag_latest_if_it_says_neither_tag_nor_digest() {
    let rows = of_kind("default_tag");
    assert_eq!(rows.len(), 5);
    for row in rows {
        let image = text(&row, "image");
        let name = image.split(['@', ':']).next().unwrap_or_default();
        let Reference { tag, digest, .. } = Reference::parse(image);
        let part = |sign: &str, part: &str| match part {
            "" => String::new(),
            part => format!("{sign}{part}"),
        };
        let got = format!("{name}{}{}", part(":", &tag), part("@", &digest));
        assert_eq!(got, text(&row, "expect"));
    }
}

/// Rows about what cannot happen here.
const NOT_OURS: &[(&str, &str)] = &[
    ("inspection fails", "the runtime always knows which images it has"),
    ("without burst", "a kubelet allows bursts of ten pulls"),
    ("signature check", "no policy of signatures"),
];

/// The Events of the image manager about the container `app` of the row's image, whose command
/// ends at once and which is started again and again.
fn events(row: &Value) -> Vec<String> {
    let missing = row["pull_error"].is_string();
    let run = Run::scenario(&format!(
        "manifest: |\n  apiVersion: v1\n  kind: Pod\n  metadata:\n    name: web\n  spec:\n    \
         initContainers:\n    - name: before\n      image: present_image\n      command: [\"true\"]\n    \
         containers:\n    - name: app\n      image: {}\n      imagePullPolicy: {}\n      command: [\"true\"]\n\
         images:\n  present_image: {{start: 1s}}\n  missing_image: {{start: 1s}}\n  typo_image: \
         {{missing: {missing}}}\nuntil: 120s\n",
        text(row, "image"),
        text(row, "imagePullPolicy"),
    ));
    let told = run.told_of("app").into_iter();
    let ours = ["Pulling", "Pulled", "Failed", "BackOff", "ErrImageNeverPull", "InspectFailed"];
    let of_images = told.filter(|(reason, message)| {
        let other = message.starts_with("Error: ") || message.starts_with("Back-off restarting");
        ours.contains(reason) && !other
    });
    of_images.map(|(reason, _)| reason.to_string()).collect()
}

#[test]
fn images_are_pulled_as_the_image_manager_pulls_them() {
    let rows = of_kind("ensure_image");
    let ours = |row: &&Value| !NOT_OURS.iter().any(|(words, _)| text(row, "name").contains(words));
    let mut seen = 0;
    for row in rows.iter().filter(ours) {
        seen += 1;
        let steps = row["sequence"].as_array().expect("a row has steps").iter();
        let mut steps: Vec<Vec<&str>> = steps
            .map(|s| s["expect"]["events"].as_array().into_iter().flatten())
            .map(|events| events.filter_map(Value::as_str).collect())
            .collect();
        let mut got = events(row);
        if row["pull_error"].is_string() {
            // The row tries each second and waits one at first; the kubelet waits ten.
            steps.dedup();
            got.dedup();
        }
        let want = steps.concat();
        let first = got.get(..want.len()).unwrap_or(&got);
        assert_eq!(first, want, "{}: {got:?}", text(row, "name"));
        assert_eq!(
            reference::complaint(text(row, "image")).is_some(),
            row["sequence"][0]["expect"]["error"] == "InvalidImageName"
        );
    }
    assert!(seen >= 9, "only {seen} rows");
}
