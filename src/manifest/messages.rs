//! The words of a diagnostic, in both languages: what is wrong, and what to do about it.

use super::decode::{UnknownField, WrongType};
use super::diagnostic::{Diagnostic, ProblemKind};
use super::kinds::Gone;
use super::schema::Shape;
use crate::api::validate::{ErrorKind, FieldError};
use crate::base::Lang;
use crate::yaml::limits::{MAX_ALIAS_NODES, MAX_DEPTH, MAX_DOCUMENTS, MAX_NODES, MAX_TEXT_BYTES};
use crate::yaml::problem::SyntaxKind;

/// English, or its Chinese.
#[inline(never)]
pub(super) fn pick(lang: Lang, en: &str, zh: &str) -> String {
    if lang == Lang::En { en } else { zh }.to_string()
}

/// English, or its Chinese, with each `{0}`, `{1}` … replaced. (A table of texts in two languages
/// is a fraction of the code that as many `format!` would be.)
#[inline(never)]
pub(super) fn tell(lang: Lang, en: &str, zh: &str, values: &[&str]) -> String {
    let mut out = String::new();
    let mut rest = if lang == Lang::En { en } else { zh };
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let nth = after.as_bytes().first().map_or(0, |digit| usize::from(digit.wrapping_sub(b'0')));
        out.push_str(values.get(nth).copied().unwrap_or_default());
        rest = after.get(2..).unwrap_or_default();
    }
    out + rest
}

/// What is wrong.
// tidy: dispatch
pub(super) fn message(diagnostic: &Diagnostic, lang: Lang) -> String {
    let say = |en: &str, zh: &str| pick(lang, en, zh);
    match &diagnostic.kind {
        ProblemKind::Syntax(error) => syntax(error.kind, lang),
        ProblemKind::TooLarge { bytes } => tell(
            lang,
            "the text has {0} bytes; at most {1} are read",
            "文本有 {0} 字节，最多读取 {1} 字节",
            &[&bytes.to_string(), &MAX_TEXT_BYTES.to_string()],
        ),
        ProblemKind::TooManyDocuments => limit(
            "only the first {0} documents are read",
            "只读取前 {0} 个文档",
            MAX_DOCUMENTS,
            lang,
        ),
        ProblemKind::TooDeep => limit(
            "nested too deeply; at most {0} levels are read",
            "嵌套太深，最多读取 {0} 层",
            MAX_DEPTH,
            lang,
        ),
        ProblemKind::TooManyNodes => limit(
            "too many keys and values; at most {0} are read",
            "键和值太多，最多读取 {0} 个",
            MAX_NODES,
            lang,
        ),
        ProblemKind::TooManyAliases => limit(
            "the aliases expand to more than {0} values",
            "别名展开后超过 {0} 个值",
            MAX_ALIAS_NODES,
            lang,
        ),
        ProblemKind::UnknownAlias(name) => {
            tell(lang, "no anchor `&{0}` above", "前面没有锚点 `&{0}`", &[name])
        }
        ProblemKind::AliasOfItself => say(
            "this alias stands inside the value that it stands for",
            "这个别名位于它所指代的值之内",
        ),
        ProblemKind::MergeOfNoMap => {
            say("`<<` can merge mappings only", "`<<` 只能合并映射（键值对）")
        }
        ProblemKind::KeyNotText => {
            say("a key must be a word, not empty or a collection", "键必须是文字，不能为空或为集合")
        }
        ProblemKind::DuplicateKey { key, .. } => tell(
            lang,
            "`{0}` is set again below; this value is ignored",
            "`{0}` 在下面又设置了一次，此处的值被忽略",
            &[key],
        ),
        ProblemKind::LostDocument => {
            say("kubectl ignores everything from here on", "kubectl 会忽略从这里开始的全部内容")
        }
        ProblemKind::Empty => say("there is no object here", "这里没有任何对象"),
        ProblemKind::NotAnObject(found) => tell(
            lang,
            "an object with `apiVersion` and `kind` is expected here, not {0}",
            "这里应当是带有 `apiVersion` 和 `kind` 的对象，而不是{1}",
            &[type_en(found), type_zh(found)],
        ),
        ProblemKind::NoApiVersion => say("`apiVersion` is not set", "没有设置 `apiVersion`"),
        ProblemKind::NoKind => say("`kind` is not set", "没有设置 `kind`"),
        ProblemKind::UnknownKind { api_version, kind, .. } => tell(
            lang,
            "there is no kind `{0}` in version `{1}`",
            "版本 `{1}` 中没有类型 `{0}`",
            &[kind, api_version],
        ),
        ProblemKind::GoneKind { api_version, kind, gone } => tell(
            lang,
            "`{0}` in `{1}` is gone since Kubernetes {2}",
            "`{1}` 中的 `{0}` 自 Kubernetes {2} 起已不存在",
            &[kind, api_version, gone.since],
        ),
        ProblemKind::Swapped { api_version, kind } => tell(
            lang,
            "`{0}` is a kind and `{1}` a version: they changed places",
            "`{0}` 是类型，`{1}` 是版本：两者写反了",
            &[api_version, kind],
        ),
        ProblemKind::NoName => say("`metadata.name` is not set", "没有设置 `metadata.name`"),
        ProblemKind::SameName { name, .. } => tell(
            lang,
            "`{0}` stands above already; this one is applied over it",
            "上面已有 `{0}`，这一份会应用在它之上",
            &[name],
        ),
        ProblemKind::LostAnnotations => say(
            "this is not text, so kubectl drops all annotations without a word",
            "这里不是文本，kubectl 会不声不响地丢掉全部注解",
        ),
        ProblemKind::Warned(words) => tell(
            lang,
            "the API server takes it and warns: {0}",
            "API 服务器接受它，但会警告：{0}",
            &[words],
        ),
        ProblemKind::NotModelled(kind) => tell(
            lang,
            "a cluster takes `{0}`, but nothing here acts on it",
            "集群接受 `{0}`，但这里不会模拟它",
            &[kind],
        ),
        ProblemKind::GenerateName(_) => say(
            "`kubectl apply` needs `metadata.name`; it does not take `generateName`",
            "`kubectl apply` 需要 `metadata.name`，不接受 `generateName`",
        ),
        ProblemKind::UnknownField(unknown) => unknown_field(diagnostic, unknown, lang),
        ProblemKind::WrongType(wrong) => wrong_type(wrong, lang),
        ProblemKind::BadQuantity => say("this is not an amount", "这不是合法的数量"),
        ProblemKind::BadTime => say("this is not a time", "这不是合法的时间"),
        ProblemKind::BadBase64 => say("this is not base64", "这不是 base64 编码"),
        ProblemKind::Invalid(error) => invalid(error, lang),
    }
}

/// What to do about it.
pub(super) fn help(diagnostic: &Diagnostic, lang: Lang) -> Option<String> {
    let say = |en: &str, zh: &str| Some(pick(lang, en, zh));
    match &diagnostic.kind {
        ProblemKind::Syntax(error) => syntax_help(error.kind, lang),
        ProblemKind::UnknownField(unknown) => Some(unknown_field_help(unknown, lang)),
        ProblemKind::WrongType(wrong) => wrong_type_help(wrong, lang),
        ProblemKind::DuplicateKey { .. } => say("keep one of the two lines", "两行中保留一行"),
        ProblemKind::LostDocument => say(
            "separate documents by a line with nothing but `---`",
            "用单独一行 `---` 分隔文档，该行不要有其他内容",
        ),
        ProblemKind::Empty | ProblemKind::NotAnObject(_) => say(
            "a manifest starts with `apiVersion: v1` and `kind: Pod`",
            "清单以 `apiVersion: v1` 和 `kind: Pod` 开头",
        ),
        ProblemKind::NoApiVersion => {
            say("add `apiVersion: v1` for a Pod", "如果是 Pod，请添加 `apiVersion: v1`")
        }
        ProblemKind::NoKind => say("add `kind: Pod` for a Pod", "如果是 Pod，请添加 `kind: Pod`"),
        ProblemKind::UnknownKind { api_version, kind, meant } => {
            unknown_kind_help((api_version, kind), (*meant)?, lang)
        }
        ProblemKind::GoneKind { kind, gone, .. } => gone_help(kind, *gone, lang),
        ProblemKind::Swapped { api_version, kind } => Some(write_both(kind, api_version, lang)),
        ProblemKind::NoName => {
            say("add `name: web` under `metadata`", "在 `metadata` 下添加 `name: web`")
        }
        ProblemKind::SameName { .. } => say("give one of them another name", "给其中一个换个名称"),
        ProblemKind::LostAnnotations => say("put it in quotes", "给它加上引号"),
        ProblemKind::UnknownAlias(name) => pick_anchor(name, lang),
        ProblemKind::AliasOfItself => say("write the value out", "把值直接写出来"),
        ProblemKind::MergeOfNoMap => say(
            "let the anchor stand before a mapping (`key: value`)",
            "让锚点指向一个映射（`键: 值`）",
        ),
        ProblemKind::KeyNotText => say("write a word before the `:`", "在 `:` 前写一个词"),
        ProblemKind::TooLarge { .. }
        | ProblemKind::TooManyDocuments
        | ProblemKind::TooDeep
        | ProblemKind::TooManyNodes
        | ProblemKind::TooManyAliases => {
            say("keep what you want to watch and remove the rest", "只留下想观察的部分，删去其余")
        }
        ProblemKind::Invalid(error) => super::mend::invalid(error, lang),
        ProblemKind::GenerateName(prefix) => pick_name(prefix, lang),
        ProblemKind::BadQuantity => say(
            "write a number with a suffix: `500m`, `2`, `64Mi`, `1Gi`",
            "写成数字加后缀：`500m`、`2`、`64Mi`、`1Gi`",
        ),
        ProblemKind::BadTime => {
            say("write it as `2026-01-02T03:04:05Z`", "写成 `2026-01-02T03:04:05Z`")
        }
        ProblemKind::BadBase64 => {
            say("encode the text, or use `stringData`", "先编码，或改用 `stringData`")
        }
        _ => None,
    }
}

fn pick_name(prefix: &str, lang: Lang) -> Option<String> {
    Some(tell(lang, "write `name: {0}1`", "写成 `name: {0}1`", &[prefix]))
}

fn syntax(kind: SyntaxKind, lang: Lang) -> String {
    let (en, zh) = match kind {
        SyntaxKind::Tab => ("a tab cannot indent", "缩进不能用制表符"),
        SyntaxKind::UnclosedQuote => ("this quote is not closed", "引号没有闭合"),
        SyntaxKind::TrailingText => {
            ("nothing can follow the closing quote", "右引号后面不能再有内容")
        }
        SyntaxKind::UnclosedBracket => {
            ("a `,` or a closing bracket is missing", "缺少 `,` 或右括号")
        }
        SyntaxKind::StrayBracket => ("this bracket closes nothing", "这个括号没有对应的左括号"),
        SyntaxKind::Indentation => {
            ("the indentation matches no line above", "缩进与上面任何一行都不对齐")
        }
        SyntaxKind::UnexpectedColon => ("a `:` cannot be here", "这里不能出现 `:`"),
        SyntaxKind::MissingColon => ("a key lacks its `:`", "键后面缺少 `:`"),
        SyntaxKind::UnexpectedDash => ("a list item cannot be here", "这里不能出现列表项"),
        SyntaxKind::ReservedCharacter => {
            ("a value cannot start with this character", "值不能以这个字符开头")
        }
        SyntaxKind::Escape => {
            ("`\\` is followed by no known letter", "`\\` 后面的字符不是已知的转义")
        }
        SyntaxKind::TooManyBrackets => ("too many brackets inside brackets", "括号嵌套太多"),
        SyntaxKind::ControlCharacter => {
            ("this invisible character is not allowed", "不允许出现这个不可见字符")
        }
        SyntaxKind::Other => ("this is not YAML", "这不是合法的 YAML"),
    };
    pick(lang, en, zh)
}

fn syntax_help(kind: SyntaxKind, lang: Lang) -> Option<String> {
    let (en, zh) = match kind {
        SyntaxKind::Tab => ("use spaces, two a level", "请用空格，每层两个"),
        SyntaxKind::UnclosedQuote => {
            ("close it, or drop both quotes", "补上引号，或去掉两边的引号")
        }
        SyntaxKind::TrailingText => {
            ("put the whole value in quotes, or start a new line", "给整个值加引号，或另起一行")
        }
        SyntaxKind::UnclosedBracket => {
            ("close the bracket, or separate the items by `,`", "补上右括号，或用 `,` 分隔各项")
        }
        SyntaxKind::StrayBracket => {
            ("remove it, or put the value in quotes", "删掉它，或给值加引号")
        }
        SyntaxKind::Indentation => {
            ("keys of one object start in the same column", "同一对象的键要从同一列开始")
        }
        SyntaxKind::UnexpectedColon => (
            "start a new line for the key, or put the value in quotes",
            "另起一行写键，或给值加引号",
        ),
        SyntaxKind::MissingColon => {
            ("write `key: value`, with a space", "写成 `key: value`，冒号后有空格")
        }
        SyntaxKind::UnexpectedDash => {
            ("start a new line for it, below its key", "另起一行，写在它的键下面")
        }
        SyntaxKind::ReservedCharacter => ("put the value in quotes", "给值加引号"),
        SyntaxKind::Escape => (
            "write `\\\\` for a backslash, or use single quotes",
            "反斜杠写成 `\\\\`，或改用单引号",
        ),
        SyntaxKind::ControlCharacter => ("remove it", "删掉它"),
        SyntaxKind::TooManyBrackets | SyntaxKind::Other => return None,
    };
    Some(pick(lang, en, zh))
}

fn unknown_field(diagnostic: &Diagnostic, unknown: &UnknownField, lang: Lang) -> String {
    let path = diagnostic.path.as_ref().map(ToString::to_string).unwrap_or_default();
    let owner = unknown.owner;
    tell(lang, "unknown field `{0}`", "未知字段 `{0}`（{1} 没有它）", &[&path, owner])
}

fn unknown_field_help(unknown: &UnknownField, lang: Lang) -> String {
    if let Some(nearest) = unknown.nearest {
        return tell(lang, "did you mean `{0}`?", "是否想写 `{0}`？", &[nearest]);
    }
    let places: Vec<String> = unknown.elsewhere.iter().map(|p| format!("`{p}`")).collect();
    if !places.is_empty() {
        let (en, zh) = (places.join(" or "), places.join(" 或 "));
        return tell(lang, "you probably meant {0}", "大概想写在 {1}", &[&en, &zh]);
    }
    let known = unknown.known.join(", ");
    let owner = unknown.owner;
    tell(lang, "{0} has: {1}", "{0} 的字段：{1}", &[owner, &known])
}

fn type_en(word: &str) -> &str {
    match word {
        "string" => "text",
        "bool" => "true or false",
        "array" => "a list",
        "object" => "a mapping",
        "null" => "nothing",
        _ => "a number",
    }
}

fn type_zh(word: &str) -> &str {
    match word {
        "string" => "文本",
        "bool" => "布尔值",
        "array" => "列表",
        "object" => "映射",
        "null" => "空值",
        _ => "数字",
    }
}

fn wanted(shape: Shape, lang: Lang) -> String {
    let (en, zh) = match shape {
        Shape::Text => ("text", "文本"),
        Shape::Bytes => ("text in base64", "base64 文本"),
        Shape::Bool => ("`true` or `false`", "`true` 或 `false`"),
        Shape::Int32 | Shape::Int64 => ("a whole number", "整数"),
        Shape::Quantity => ("an amount such as `64Mi`", "数量，例如 `64Mi`"),
        Shape::Time => ("a time", "时间"),
        Shape::IntOrString => ("a whole number or a name", "整数或名称"),
        Shape::Object(_) | Shape::Map(_) => ("a mapping (`key: value`)", "映射（`键: 值`）"),
        Shape::List(_) => ("a list (`- item`)", "列表（`- 项`）"),
        Shape::Any => ("anything", "任意值"),
    };
    pick(lang, en, zh)
}

fn wrong_type(wrong: &WrongType, lang: Lang) -> String {
    let want = wanted(wrong.wanted, lang);
    let found = wrong.found.as_str();
    // `number 1.5` names the number that does not fit.
    let number = found.strip_prefix("number ");
    let (en, zh) = (number.unwrap_or(type_en(found)), number.unwrap_or(type_zh(found)));
    let values: &[&str] = &[&want, en, zh];
    tell(lang, "{0} is expected here, not {1}", "这里应当是{0}，而不是 {2}", values)
}

fn wrong_type_help(wrong: &WrongType, lang: Lang) -> Option<String> {
    let (en, zh) = match (wrong.wanted, wrong.found.as_str()) {
        (Shape::Text | Shape::Bytes, "number" | "bool") => ("put it in quotes", "给它加上引号"),
        (Shape::Int32 | Shape::Int64, "string") => {
            ("write the bare number, without quotes or unit", "只写数字，不加引号和单位")
        }
        (Shape::Bool, "string") => ("remove the quotes", "去掉引号"),
        (Shape::List(_), "object") => ("put `- ` before the first key", "在第一个键前加 `- `"),
        (Shape::List(_), "string" | "number") => {
            ("write it as a list: `[value]`", "写成列表：`[值]`")
        }
        (Shape::Object(_) | Shape::Map(_), "array") => ("remove the `- `", "去掉 `- `"),
        _ => return None,
    };
    Some(pick(lang, en, zh))
}

fn pick_anchor(name: &str, lang: Lang) -> Option<String> {
    Some(tell(
        lang,
        "set it before its first use: `&{0}`, or put the value in quotes",
        "在首次使用之前设置 `&{0}`，或给值加引号",
        &[name],
    ))
}

fn limit(en: &str, zh: &str, most: usize, lang: Lang) -> String {
    tell(lang, en, zh, &[&most.to_string()])
}

fn write_one(field: &str, value: &str, lang: Lang) -> String {
    tell(lang, "write `{0}: {1}`", "写成 `{0}: {1}`", &[field, value])
}

fn write_both(api_version: &str, kind: &str, lang: Lang) -> String {
    tell(
        lang,
        "write `apiVersion: {0}` and `kind: {1}`",
        "写成 `apiVersion: {0}` 和 `kind: {1}`",
        &[api_version, kind],
    )
}

fn unknown_kind_help(given: (&str, &str), meant: (&str, &str), lang: Lang) -> Option<String> {
    Some(match (given.0 == meant.0, given.1 == meant.1) {
        (true, _) => write_one("kind", meant.1, lang),
        (_, true) => write_one("apiVersion", meant.0, lang),
        _ => write_both(meant.0, meant.1, lang),
    })
}

/// What has it now; for what nothing has, what to do instead.
fn gone_help(kind: &str, gone: Gone, lang: Lang) -> Option<String> {
    if let Some(now) = gone.now {
        return Some(write_one("apiVersion", now, lang));
    }
    let (en, zh) = match kind {
        "PodPreset" => (
            "write `envFrom` (with a ConfigMap), `volumes` and `volumeMounts` into the Pod itself; \
             to inject them into many Pods, use a MutatingAdmissionPolicy or a mutating webhook",
            "把 `envFrom`（配合 ConfigMap）、`volumes` 和 `volumeMounts` 直接写进 Pod；要注入多个 \
             Pod，请用 MutatingAdmissionPolicy 或变更型 Webhook",
        ),
        "PodSecurityPolicy" => (
            "label the Namespace: `pod-security.kubernetes.io/enforce: baseline`",
            "给 Namespace 加标签：`pod-security.kubernetes.io/enforce: baseline`",
        ),
        _ => return None,
    };
    Some(pick(lang, en, zh))
}

fn invalid(error: &FieldError, lang: Lang) -> String {
    let zh = match error.kind {
        ErrorKind::Required => "必须设置",
        ErrorKind::Invalid => "值不合法",
        ErrorKind::NotSupported => "不支持的值",
        ErrorKind::Duplicate => "值重复",
        ErrorKind::Forbidden => "不允许设置",
        ErrorKind::NotFound => "找不到",
        ErrorKind::TooLong => "太长",
        ErrorKind::TooMany => "太多",
    };
    // Upstream's detail stays in English: it is what kubectl prints, and can be searched for.
    // Of a change of a Pod it goes on with all that differs.
    let body = error.body();
    let body = body.lines().next().unwrap_or_default();
    tell(lang, "{0}: {1}", "{0}：{2}（{1}）", &[&error.path.to_string(), body, zh])
}
