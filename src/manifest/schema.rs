//! The structure of every kind, from a table made of the API server's OpenAPI schemas.
//!
//! The table (`schema.tsv`) is written by `tools/schema.py`, which explains its letters.
//! Source: kube-apiserver 1.36.2, `/openapi/v3`.

const TABLE: &str = include_str!("schema.tsv");

/// All types and kinds.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// Lines of `Type<TAB>field:code…`, by type.
    types: Vec<(&'static str, &'static str)>,
    kinds: Vec<(&'static str, &'static str)>,
}

/// The type of a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TypeCode(&'static str);

/// What a [`TypeCode`] stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// A string.
    Text,
    /// Bytes, written in base64.
    Bytes,
    /// `true` or `false`.
    Bool,
    /// A whole number of 32 bits.
    Int32,
    /// A whole number of 64 bits.
    Int64,
    /// An amount such as `500m` or `64Mi`.
    Quantity,
    /// A time, `2026-01-02T03:04:05Z`.
    Time,
    /// A whole number or a name.
    IntOrString,
    /// Anything.
    Any,
    /// An object of the named type.
    Object(&'static str),
    /// A list.
    List(TypeCode),
    /// A map with keys of one's own.
    Map(TypeCode),
}

/// A field of a type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// Whether the schema requires it.
    pub required: bool,
    /// Its type.
    pub code: TypeCode,
}

impl Schema {
    /// Reads the table.
    pub fn load() -> Self {
        let mut lines = TABLE.lines().filter_map(|line| line.split_once('\t'));
        let kinds = lines.next().map_or("", |(_, rest)| rest);
        let kinds = kinds.split('\t').filter_map(|k| k.split_once(':')).collect();
        Schema { types: lines.collect(), kinds }
    }

    /// The kinds as `(apiVersion, kind)`.
    pub fn kinds(&self) -> &[(&'static str, &'static str)] {
        &self.kinds
    }

    /// The type of the objects of a kind; `None` if that kind is not known in that version.
    pub fn kind(&self, api_version: &str, kind: &str) -> Option<&'static str> {
        self.kinds.iter().find(|k| **k == (api_version, kind)).map(|(_, kind)| *kind)
    }

    /// The fields of type `name`, by name; empty for a type without fields.
    pub fn fields(&self, name: &str) -> impl Iterator<Item = Field> {
        let at = self.types.binary_search_by(|(n, _)| (*n).cmp(name));
        let line = at.map_or("", |i| self.types[i].1);
        line.split('\t').filter_map(field)
    }

    /// The field `field` of type `owner`.
    pub fn field(&self, owner: &str, field: &str) -> Option<Field> {
        self.fields(owner).find(|f| f.name == field)
    }
}

fn field(text: &'static str) -> Option<Field> {
    let (name, code) = text.split_once(':')?;
    let required = name.ends_with('!');
    Some(Field { name: name.trim_end_matches('!'), required, code: TypeCode(code) })
}

impl TypeCode {
    /// What the code stands for.
    pub fn shape(self) -> Shape {
        let rest = self.0.get(1..).unwrap_or_default();
        match self.0.as_bytes().first() {
            Some(b's') => Shape::Text,
            Some(b'y') => Shape::Bytes,
            Some(b'b') => Shape::Bool,
            Some(b'i') => Shape::Int32,
            Some(b'l') => Shape::Int64,
            Some(b'q') => Shape::Quantity,
            Some(b't' | b'm') => Shape::Time,
            Some(b'p') => Shape::IntOrString,
            Some(b'@') => Shape::Object(rest),
            Some(b'[') => Shape::List(TypeCode(rest)),
            Some(b'{') => Shape::Map(TypeCode(rest)),
            _ => Shape::Any,
        }
    }

    /// The values that a string may have; empty if any.
    pub fn values(self) -> impl Iterator<Item = &'static str> {
        self.0.split_once('=').map_or("", |(_, v)| v).split('|').filter(|v| !v.is_empty())
    }

    /// The type as a refusal of the API server names it: `[]v1.Container`, `int32`.
    pub fn go_type(self) -> String {
        match self.shape() {
            Shape::Text => self.go_name().map_or("string".into(), |n| format!("v1.{n}")),
            Shape::Bytes => "[]uint8".into(),
            Shape::Bool => "bool".into(),
            Shape::Int32 | Shape::IntOrString => "int32".into(),
            Shape::Int64 => "int64".into(),
            Shape::Quantity => "resource.Quantity".into(),
            Shape::Time => "string".into(),
            Shape::Any => "v1.FieldsV1".into(),
            Shape::Object(name) => format!("v1.{name}"),
            Shape::List(item) => format!("[]{}", item.go_type()),
            Shape::Map(item) if item.shape() == Shape::Quantity => "v1.ResourceList".into(),
            Shape::Map(item) => format!("map[string]{}", item.go_type()),
        }
    }

    fn go_name(self) -> Option<&'static str> {
        let code = self.0.split('=').next().unwrap_or_default();
        code.split_once(':').map(|(_, name)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_that_a_field_names_is_in_the_table() {
        let schema = Schema::load();
        assert!(schema.types.is_sorted(), "looked up by halving");
        for (name, _) in &schema.types {
            for field in schema.fields(name) {
                let mut code = field.code;
                while let Shape::List(inner) | Shape::Map(inner) = code.shape() {
                    code = inner;
                }
                if let Shape::Object(target) = code.shape() {
                    assert!(schema.types.iter().any(|t| t.0 == target), "{name}: {target}");
                }
            }
        }
        for (_, kind) in schema.kinds() {
            assert!(schema.field(kind, "metadata").is_some(), "{kind}");
        }
    }

    #[test]
    fn a_field_knows_its_type() {
        let schema = Schema::load();
        let go = |owner, field| schema.field(owner, field).expect("it is there").code.go_type();
        assert_eq!(go("PodSpec", "containers"), "[]v1.Container");
        assert_eq!(go("PodSpec", "restartPolicy"), "v1.RestartPolicy");
        assert_eq!(go("PodSpec", "nodeSelector"), "map[string]string");
        assert_eq!(go("ResourceRequirements", "limits"), "v1.ResourceList");
        assert_eq!(go("Probe", "periodSeconds"), "int32");
        let policy = schema.field("PodSpec", "restartPolicy").expect("it is there");
        assert_eq!(policy.code.values().collect::<Vec<_>>(), ["Always", "Never", "OnFailure"]);
        assert!(schema.field("PodSpec", "containers").expect("it is there").required);
    }
}
