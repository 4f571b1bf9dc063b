//! A Pod template as Go prints the memory that holds it: every field of every type, in the order
//! of the source, with the types.
//!
//! `go_print.tsv` has a type a line, with its fields: Go's name, `/` and the API's name if it is
//! not the same in lower case, and the type: `*` a pointer, `[` a slice, `@T` a struct and `=T` a
//! string type of the API (both called as the field is, if nothing follows), `+` an embedded
//! struct, a letter, or nothing for a string.
//!
//! DIFFERENCE: of kinds of volumes that no node here has, and of quantities that need more than 64
//! bits, the API's text stands for the fields.
//!
//! Source: apimachinery util/dump/dump.go ForHash; go-spew spew/format.go; k8s.io/api
//! core/v1/types.go, apimachinery meta/v1/types.go

use crate::api::quantity::Quantity;
use crate::base::json::Value;

/// The types.
pub const TYPES: &str = include_str!("go_print.tsv");

/// A field of a type: its name in Go, in the API (empty: its fields are its owner's), its type.
pub type Field = (&'static str, String, String);

/// A template, printed.
pub fn printed(template: &Value) -> String {
    let mut out = String::new();
    show(&mut out, template, "@PodTemplateSpec");
    out
}

/// The fields of a type, in Go's order; none of a type that the table lacks.
pub fn fields_of(name: &str) -> impl Iterator<Item = Field> {
    let of_type = |line: &&str| line.split('\t').next() == Some(name);
    TYPES.lines().find(of_type).into_iter().flat_map(|line| line.split('\t').skip(1)).map(field)
}

fn field(text: &'static str) -> Field {
    let end = |c: char| !c.is_ascii_alphabetic();
    let (go, rest) = text.split_at(text.find(end).unwrap_or(text.len()));
    let (api, code) = match rest.strip_prefix('/') {
        Some(rest) => {
            let (api, code) = rest.split_at(rest.find(end).unwrap_or(rest.len()));
            (api.to_string(), code)
        }
        None if rest == "+" => return (go, String::new(), ["@", go].concat()),
        None => (api_name(go), rest),
    };
    let code = match code.trim_start_matches(':') {
        "" => "s".to_string(),
        code if code.ends_with(['@', '=']) => [code, go].concat(),
        code => code.to_string(),
    };
    (go, api, code)
}

/// `HTTPGet`: `httpGet`.
fn api_name(go: &str) -> String {
    let capitals = go.bytes().take_while(u8::is_ascii_uppercase).count();
    let lower = if capitals < go.len() { capitals.saturating_sub(1).max(1) } else { capitals };
    go[..lower].to_ascii_lowercase() + &go[lower..]
}

/// What Go calls the type of a field.
pub fn type_name(code: &str) -> String {
    let mut out = String::new();
    push_type(&mut out, code);
    out
}

fn show(out: &mut String, value: &Value, code: &str) {
    out.push('(');
    push_type(out, code);
    out.push(')');
    bare(out, value, code);
}

fn push_type(out: &mut String, code: &str) {
    let (kind, rest) = code.split_at(1);
    out.push_str(match kind {
        "*" => "*",
        "[" => "[]",
        "@" => "v1.",
        "=" if rest.contains('.') => "",
        "=" => "v1.",
        "s" => "string",
        "i" => "int32",
        "l" => "int64",
        "b" => "bool",
        "m" => "map[string]string",
        "t" => "v1.Time",
        "p" => "intstr.IntOrString",
        "r" => "v1.ResourceList",
        _ => "resource.Quantity",
    });
    match kind {
        "*" | "[" => push_type(out, rest),
        _ => out.push_str(rest),
    }
}

/// A value without its type.
fn bare(out: &mut String, value: &Value, code: &str) {
    let (kind, rest) = code.split_at(1);
    let text = value.as_str().unwrap_or_default();
    match kind {
        "*" if value.is_null() => out.push_str("<nil>"),
        "*" => bare(out, value, rest),
        "[" => {
            let items = value.as_array().into_iter().flatten();
            between(out, "[", items, |out, item| bare(out, item, rest));
        }
        "@" => structure(out, value, rest),
        "s" | "=" => out.push_str(text),
        "i" | "l" => out.push_str(&value.as_i64().unwrap_or(0).to_string()),
        "b" => out.push_str(if *value == true { "true" } else { "false" }),
        "m" | "r" => {
            let of = if kind == "m" { "s" } else { "q" };
            let entries = value.as_object().into_iter().flatten();
            between(out, "map[", entries, |out, (key, value)| {
                out.push_str(key);
                out.push(':');
                bare(out, value, of);
            });
        }
        // No template has a moment.
        "t" => out
            .push_str("{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}"),
        "p" => {
            let (kind, number) = (i64::from(value.is_string()), value.as_i64().unwrap_or(0));
            out.push_str(&format!(
                "{{Type:(intstr.Type){kind} IntVal:(int32){number} StrVal:(string){text}}}"
            ));
        }
        _ => quantity(out, value),
    }
}

/// A list; what is empty is nothing, as it comes from the API server.
fn between<T>(
    out: &mut String,
    open: &str,
    items: impl Iterator<Item = T>,
    mut each: impl FnMut(&mut String, T),
) {
    let start = out.len();
    for item in items {
        out.push_str(if out.len() == start { open } else { " " });
        each(out, item);
    }
    out.push_str(if out.len() == start { "<nil>" } else { "]" });
}

fn structure(out: &mut String, value: &Value, name: &str) {
    out.push('{');
    let start = out.len();
    for (go, api, code) in fields_of(name) {
        if out.len() > start {
            out.push(' ');
        }
        out.push_str(go);
        out.push(':');
        show(out, if api.is_empty() { value } else { &value[api.as_str()] }, &code);
    }
    if out.len() == start {
        out.push_str(&value.to_string());
    }
    out.push('}');
}

/// An amount as it is kept: the number that is written, and a power of ten.
/// Source: apimachinery api/resource/quantity.go ParseQuantity
fn quantity(out: &mut String, value: &Value) {
    let written = value.as_str().map_or_else(|| value.to_string(), String::from);
    let text = Quantity::parse(&written).map_or("0".to_string(), |q| q.to_string());
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(text.len());
    let (number, suffix) = text.split_at(digits);
    let number: i64 = number.parse().unwrap_or(0);
    let tens = |suffix: &str| {
        ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"]
            .iter()
            .position(|s| *s == suffix)
            .map(|at| at as i64 * 3 - 9)
    };
    let (number, scale, format) = match suffix.strip_suffix('i') {
        Some(unit) => {
            let bits = tens(&unit.replace('K', "k")).unwrap_or(0) / 3 * 10;
            (number << bits, 0, "BinarySI")
        }
        None if text == "0" => (0, 0, ""),
        None => match tens(suffix) {
            Some(scale) => (number, scale, "DecimalSI"),
            None => (number, suffix[1..].parse().unwrap_or(0), "DecimalExponent"),
        },
    };
    out.push_str(&format!(
        "{{i:(resource.int64Amount){{value:(int64){number} scale:(resource.Scale){scale}}} \
         d:(resource.infDecAmount){{Dec:(*inf.Dec)<nil>}} s:(string){text} \
         Format:(resource.Format){format}}}"
    ));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    fn bare_of(value: &Value, code: &str) -> String {
        let mut out = String::new();
        bare(&mut out, value, code);
        out
    }

    #[test]
    fn names_are_those_of_the_api() {
        for (go, api) in [
            ("HTTPGet", "httpGet"),
            ("OS", "os"),
            ("HostPID", "hostPID"),
            ("SELinuxOptions", "seLinuxOptions"),
            ("Name", "name"),
        ] {
            assert_eq!(api_name(go), api);
        }
        let fields: Vec<Field> = fields_of("Probe").collect();
        assert_eq!(fields[0], ("ProbeHandler", String::new(), "@ProbeHandler".into()));
        assert_eq!(fields[6].2, "*l");
    }

    #[test]
    fn amounts_are_a_number_and_a_power_of_ten() {
        let amount = |text: &str| {
            let all = bare_of(&text.into(), "q");
            let (number, rest) = all["{i:(resource.int64Amount){value:(int64)".len()..]
                .split_once(" scale:(resource.Scale)")
                .expect("it has a scale");
            let (scale, rest) = rest.split_once('}').expect("it ends");
            let format = rest.rsplit_once(')').expect("it has a format").1;
            format!("{number} {scale} {}", format.trim_end_matches('}'))
        };
        assert_eq!(amount("100m"), "100 -3 DecimalSI");
        assert_eq!(amount("0.5"), "500 -3 DecimalSI");
        assert_eq!(amount("2"), "2 0 DecimalSI");
        assert_eq!(amount("64Mi"), "67108864 0 BinarySI");
        assert_eq!(amount("4Ki"), "4096 0 BinarySI");
        assert_eq!(amount("1e3"), "1 3 DecimalExponent");
        assert_eq!(amount("0"), "0 0 ");
    }

    #[test]
    fn lists_maps_and_ports_are_printed_as_go_does() {
        assert_eq!(bare_of(&json!([1, 2]), "[i"), "[1 2]");
        assert_eq!(bare_of(&json!([]), "[i"), "<nil>");
        assert_eq!(bare_of(&json!({"b": "2", "a": "1"}), "m"), "map[a:1 b:2]");
        let named = "{Type:(intstr.Type)1 IntVal:(int32)0 StrVal:(string)http}";
        assert_eq!(bare_of(&"http".into(), "p"), named);
        let mut out = String::new();
        show(&mut out, &Value::Null, "*@Probe");
        assert_eq!(out, "(*v1.Probe)<nil>");
    }
}
