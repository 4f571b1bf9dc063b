//! The catalogue of messages: one a language, data, loaded by the page and never compiled into it.
//!
//! Code names a message by a [`Text`], which is its place in the catalogue; [`texts!`] makes a
//! table of them. `static/texts/LANG.json` is a list of tables, each its name and then its
//! messages `[NAME, words]` in the order of the code's table. What is said of a manifest holds
//! values too ([`Said`]) and becomes words only where it is shown.

use crate::base::json::{Value, parse};

/// A message, by its place: the table's number times 256, and its place in the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Text(pub u16);

/// A table of messages in the code, to be compared with that of a catalogue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Table {
    /// Its place in the catalogue.
    pub nth: usize,
    /// Its name, and a sum of the names in it, in their order.
    pub mark: (&'static str, u32),
}

/// The messages of one language.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Texts {
    tables: Vec<Vec<String>>,
    marks: Vec<(String, u32)>,
}

impl Texts {
    /// No messages.
    pub const NONE: Texts = Texts { tables: Vec::new(), marks: Vec::new() };

    /// Reads a catalogue.
    ///
    /// # Errors
    /// When it is not a list of tables.
    pub fn parse(json: &str) -> Result<Texts, String> {
        let all = parse(json).map_err(|error| error.message)?;
        let mut texts = Texts::default();
        for table in list(&all) {
            let (name, rows) = list(table).split_first().ok_or("an empty table")?;
            let word = |value: &Value| value.as_str().unwrap_or_default().to_string();
            let sum = rows.iter().fold(FIRST_SUM, |sum, row| add(sum, word(&row[0]).as_bytes()));
            texts.marks.push((word(name), sum));
            texts.tables.push(rows.iter().map(|row| word(&row[1])).collect());
        }
        Ok(texts)
    }

    /// Whether the catalogue has exactly the messages of these tables, in their order: it does
    /// not when a browser kept one of another version.
    pub fn fits(&self, tables: &[Table]) -> bool {
        let same = |t: &Table| self.marks.get(t.nth).is_some_and(|m| (m.0.as_str(), m.1) == t.mark);
        tables.iter().all(same)
    }

    /// The words of a message; empty if there is none.
    pub fn get(&self, text: Text) -> &str {
        let [table, nth] = text.0.to_be_bytes().map(usize::from);
        self.tables.get(table).and_then(|t| t.get(nth)).map_or("", String::as_str)
    }

    /// The catalogue of a language, for front ends that have it compiled in, and for tests.
    #[cfg(any(test, feature = "cli"))]
    pub fn compiled(lang: crate::base::Lang) -> Texts {
        let json = match lang {
            crate::base::Lang::En => include_str!("../../static/texts/en.json"),
            crate::base::Lang::Zh => include_str!("../../static/texts/zh.json"),
        };
        Texts::parse(json).expect("a test reads both catalogues")
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Something that is said: a word as it is, or a message with its values.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Said {
    /// A name, a number, words of Kubernetes: the same in every language.
    Word(String),
    /// A message; `{0}`, `{1}` … in it stand for the values.
    Of(Text, Vec<Said>),
}

impl Said {
    /// A message with values that are the same in every language.
    pub fn with(text: Text, values: &[&str]) -> Said {
        Said::Of(text, values.iter().map(|value| Said::Word(value.to_string())).collect())
    }

    /// It in words.
    pub fn tell(&self, texts: &Texts) -> String {
        let (text, values) = match self {
            Said::Word(word) => return word.clone(),
            Said::Of(text, values) => (*text, values),
        };
        let mut out = String::new();
        let mut rest = texts.get(text);
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let nth = after.as_bytes().first().map_or(0, |c| usize::from(c.wrapping_sub(b'0')));
            out.push_str(&values.get(nth).map(|value| value.tell(texts)).unwrap_or_default());
            rest = after.get(2..).unwrap_or_default();
        }
        out + rest
    }
}

impl From<Text> for Said {
    fn from(text: Text) -> Said {
        Said::Of(text, Vec::new())
    }
}

/// The sum of no names.
pub const FIRST_SUM: u32 = 0x811c_9dc5;

/// The sum with one more name (FNV-1a; a name ends with a zero).
pub const fn add(mut sum: u32, name: &[u8]) -> u32 {
    let mut at = 0;
    while at < name.len() {
        sum = (sum ^ name[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    sum.wrapping_mul(0x0100_0193)
}

/// The sum of all these names.
pub const fn sum(names: &[&str]) -> u32 {
    let (mut sum, mut at) = (FIRST_SUM, 0);
    while at < names.len() {
        sum = add(sum, names[at].as_bytes());
        at += 1;
    }
    sum
}

/// Makes a table of messages: `texts! { 2 "frame"; PLAY PAUSE }` gives a [`Text`] for each name,
/// and `TABLE`. The number is the table's place in the catalogue; the words
/// stand in `static/texts/en.json` and `zh.json`, in the same order.
macro_rules! texts {
    ($nth:literal $table:literal; $($name:ident)+) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[repr(u16)]
        enum Nth { $($name),+ }
        $(
            #[doc = concat!("`", stringify!($name), "` of the table `", $table, "`.")]
            pub const $name: $crate::base::Text =
                $crate::base::Text($nth * 256 + Nth::$name as u16);
        )+
        /// The messages above.
        pub const TABLE: $crate::base::texts::Table = $crate::base::texts::Table {
            nth: $nth,
            mark: ($table, $crate::base::texts::sum(&[$(stringify!($name)),+])),
        };
    };
}
pub(crate) use texts;

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: &str = r#"[["a", ["X", "{0} of {1}"], ["Y", "a {0}"]], ["b", ["Z", "zed"]]]"#;

    #[test]
    fn a_message_is_told_with_its_values() {
        let texts = Texts::parse(JSON).expect("it is well formed");
        assert_eq!(texts.get(Text(256)), "zed");
        assert_eq!(texts.get(Text(257)), "");
        let inner = Said::Of(Text(1), vec![Text(256).into()]);
        let said = Said::Of(Text(0), vec![Said::Word("2".into()), inner]);
        assert_eq!(said.tell(&texts), "2 of a zed");
        assert_eq!(Said::with(Text(1), &[]).tell(&texts), "a ");
    }

    #[test]
    fn a_catalogue_of_other_messages_does_not_fit() {
        let texts = Texts::parse(JSON).expect("it is well formed");
        let table = |nth, name, names: &[&str]| Table { nth, mark: (name, sum(names)) };
        assert!(texts.fits(&[table(0, "a", &["X", "Y"]), table(1, "b", &["Z"])]));
        for other in [
            table(0, "a", &["Y", "X"]),
            table(0, "a", &["X"]),
            table(1, "a", &["Z"]),
            table(2, "c", &[]),
        ] {
            assert!(!texts.fits(&[other]), "{other:?}");
        }
        assert!(Texts::parse("[[]]").is_err() && Texts::parse("{").is_err());
    }
}
