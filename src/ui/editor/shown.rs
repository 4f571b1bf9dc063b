//! What the rich editor is shown and answered, as JSON.

use super::margin::mark_label;
use super::rich::{list, unit};
use super::soon::soon_text;
use crate::base::json::{Value, json};
use crate::base::{Lang, LineIndex};
use crate::session::view::{
    CompletionView, EditorView, ExerciseView, FieldLevel, FieldView, FixView, Level, LiveView,
    OptionView, ProblemView,
};
use crate::ui::exercise::short_edit;
use crate::ui::i18n::{editor, frame};

/// Its name, its hint, its phrases, and whether it can only be read.
pub fn words(lang: Lang, readonly: bool) -> Value {
    let phrases = editor::EDITOR_WORDS.get(lang).split('|').map(Value::from);
    json!({
        "label": frame::EDITOR_LABEL.get(lang),
        "hint": editor::EDITOR_HINT_RICH.get(lang),
        "list": list(phrases),
        "readonly": readonly,
    })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "info",
    }
}

/// What is wrong with the text, and how its lines stand.
pub fn text(view: &EditorView, lang: Lang) -> Value {
    let told = view.problems.iter().filter(|p| p.level != Level::Note);
    let marks = view.problems.chunk_by(|a, b| a.line == b.line).filter_map(|line| {
        let (worst, label) = mark_label(line, lang)?;
        Some(json!({"line": worst.line, "level": level(worst.level), "label": label}))
    });
    json!({
        "problems": list(told.map(|p| problem(&view.text, p, lang))),
        "marks": list(marks),
        "lit": list(view.lit_lines.iter().map(|line| Value::from(*line))),
        "changed": list(view.changed_lines.iter().map(|line| Value::from(*line))),
    })
}

fn problem(text: &str, problem: &ProblemView, lang: Lang) -> Value {
    let fix = |fix: &FixView| {
        json!({
            "title": fix.title.get(lang),
            "from": unit(text, fix.edit.span.start),
            "to": unit(text, fix.edit.span.end),
            "insert": fix.edit.text.as_str(),
        })
    };
    json!({
        "from": unit(text, problem.span.start),
        "to": unit(text, problem.span.end),
        "level": level(problem.level),
        "message": problem.message.get(lang),
        "fixes": list(problem.fixes.iter().map(fix)),
    })
}

/// What of the text is at work.
pub fn live(view: &LiveView, lang: Lang) -> Value {
    let soon = view.soon.iter();
    let soon = soon.map(|soon| json!({"line": soon.line, "text": soon_text(soon.what, lang)}));
    json!({
        "acting": list(view.acting.iter().map(|line| Value::from(*line))),
        "soon": list(soon),
    })
}

/// Which lines may be changed, if not all, and what was changed that is locked.
pub fn parts(exercise: Option<&ExerciseView>, lang: Lang) -> Value {
    let Some(exercise) = exercise else { return json!({"open": Value::Null, "broken": json!([])}) };
    let edits = exercise.locked.iter();
    let broken = edits.map(|edit| json!({"line": edit.line, "text": short_edit(edit, lang)}));
    json!({
        "open": list(exercise.open_lines.iter().map(|line| Value::from(*line))),
        "broken": list(broken),
    })
}

/// What can be written at a place.
pub fn completion(text: &str, found: &CompletionView, _lang: Lang) -> Value {
    let count = found.options.len();
    let option = |(nth, option): (usize, &OptionView)| {
        // The order is ours where the letters fit equally well.
        let boost = (count - nth) * 90 / count;
        json!({
            "label": option.label.as_str(),
            "insert": option.insert.as_str(),
            "caret": unit(&option.insert, option.caret),
            "detail": option.of_type.as_str(),
            "boost": boost,
        })
    };
    json!({
        "from": unit(text, found.span.start),
        "to": unit(text, found.span.end),
        "options": list(found.options.iter().enumerate().map(option)),
    })
}

/// A field: what the schema tells, and texts with their languages.
pub fn field(text: &str, field: &FieldView, texts: &[(&'static str, String)], lang: Lang) -> Value {
    let rows = rows(field, lang).into_iter();
    let index = LineIndex::new(text);
    let line_end = index.line_span(text, index.line(field.span.start)).end;
    json!({
        "from": unit(text, field.span.start),
        "to": unit(text, line_end.min(field.span.end)),
        "title": field.path.as_str(),
        "rows": list(rows.map(|(name, value)| list([name.into(), value.into()].into_iter()))),
        "texts": list(texts.iter().map(|(lang, text)| {
            list([Value::from(*lang), Value::from(text.as_str())].into_iter())
        })),
    })
}

/// What the schema tells of a field, in rows.
pub fn rows(field: &FieldView, lang: Lang) -> Vec<(&'static str, String)> {
    let coded = |text: &str| ["`", text, "`"].concat();
    let mut of_type = coded(&field.of_type);
    if field.required {
        of_type += &[" ", frame::FIELD_REQUIRED.get(lang)].concat();
    }
    let mut rows = vec![(frame::FIELD_TYPE.get(lang), of_type)];
    if !field.values.is_empty() {
        let values: Vec<String> = field.values.iter().map(|value| coded(value)).collect();
        rows.push((frame::FIELD_VALUES.get(lang), values.join(" ")));
    }
    if !field.default.is_empty() {
        rows.push((frame::FIELD_DEFAULT.get(lang), coded(&field.default)));
    }
    let level = match &field.level {
        FieldLevel::Object => editor::LEVEL_OBJECT.get(lang).to_string(),
        FieldLevel::Pod => editor::LEVEL_POD.get(lang).to_string(),
        FieldLevel::Container(name) => editor::LEVEL_CONTAINER.fill(lang, &[("name", name)]),
    };
    rows.push((editor::FIELD_LEVEL.get(lang), level));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_phrases_are_as_many_in_each_language() {
        let count = |lang| editor::EDITOR_WORDS.get(lang).split('|').count();
        assert_eq!((count(Lang::En), count(Lang::Zh)), (29, 29), "as words.js has them");
    }
}
