//! Commands that need all of their input before they say anything: `sort`, `tac`, `md5sum` …

use crate::shell::commands::call::{Call, Options};
use crate::shell::commands::filter::{Flow, Kind, Parsed, Stage};
use crate::shell::commands::{
    base64, compare, digest, dos2unix, dump, expand, factor, gzip, nl, paste, reverse, sort, split,
    strings, tar,
};
use crate::shell::limits;
use crate::shell::sys::Sys;
use crate::shell::types::{Limit, NoteKind};

/// A file's name and its bytes.
pub type Text = (String, Vec<u8>);

/// What such a command does with its files: returns its exit code.
pub type Act = fn(&mut Call, &Options, &[Text]) -> i32;

/// The commands by name, with their options.
const TOOLS: [(&str, &str, Act); 31] = [
    ("base64", "diw:", base64::run),
    ("cmp", "sl", compare::cmp),
    ("comm", "123", compare::comm),
    ("diff", "abBdiL:NqrsS:tTU:uw", compare::diff),
    ("dos2unix", "ud", dos2unix::run),
    ("expand", "ift:", expand::expand),
    ("factor", "", factor::run),
    ("fold", "bw:s", nl::fold),
    ("gunzip", "cdfktq", gzip::run),
    ("gzip", "cdfktq123456789", gzip::run),
    ("hd", "n:v", dump::hex),
    ("hexdump", "bcCde:n:os:vx", dump::hex),
    ("md5sum", "cswbt", digest::md5),
    ("nl", "b:i:s:w:v:", nl::run),
    ("od", "A:t:N:cxbdvaohj:w:", dump::od),
    ("paste", "d:s", paste::run),
    ("rev", "", reverse::rev),
    ("sha1sum", "cswbt", digest::sha1),
    ("sha256sum", "cswbt", digest::sha256),
    ("sha512sum", "cswbt", digest::sha512),
    ("shuf", "ei:n:z", reverse::shuf),
    ("sort", "bcdfhik:Mmno:rst:uVz", sort::run),
    ("split", "a:b:l:", split::run),
    ("strings", "afon:t:", strings::run),
    ("tac", "", reverse::tac),
    ("tar", "cxtf:C:zvOokpmahS:", tar::run),
    ("unexpand", "aft:", expand::unexpand),
    ("uniq", "cdf:is:uw:", sort::uniq),
    ("unix2dos", "ud", dos2unix::run),
    ("xxd", "c:g:iprl:s:", dump::xxd),
    ("zcat", "cdfkt", gzip::run),
];

/// A command that collects its input.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Whole {
    name: String,
    options: Options,
    texts: Vec<Text>,
    bytes: usize,
}

/// Reads the command line of the command of this name; `None` if there is no such command.
pub fn parse(call: &mut Call) -> Option<Parsed> {
    let (_, known, _) = TOOLS.iter().find(|(name, ..)| *name == call.name)?;
    let args = if call.name == "tar" { tar::arguments(call.args) } else { call.args.to_vec() };
    let mut call = Call { sys: call.sys, applet: call.applet, name: call.name, args: &args };
    let options = match call.options(known) {
        Ok(options) => options,
        Err(code) => return Some(Err(if call.name == "sort" { 2 } else { code })),
    };
    let mut files = options.rest.clone();
    match call.name {
        "uniq" | "split" => files.truncate(1),
        "tar" if options.has('c') => files = vec!["/dev/null".to_string()],
        "tar" => files = options.value('f').map(str::to_string).into_iter().collect(),
        "factor" if !files.is_empty() => files = vec!["/dev/null".to_string()],
        "shuf" if options.has('e') || options.has('i') => files = vec!["/dev/null".to_string()],
        "cmp" | "comm" | "diff" if files.len() != 2 => {
            let usage = [call.name, " FILE1 FILE2"].concat();
            return Some(Err(call.usage(&usage)));
        }
        "diff" if files.iter().all(|file| file == "-") => return Some(Err(0)),
        _ => {}
    }
    let whole = Whole { name: call.name.to_string(), options, texts: Vec::new(), bytes: 0 };
    Some(Ok((Kind::Whole(whole), files)))
}

impl Whole {
    /// Whether a missing file is told as `can't open`.
    pub fn says_open(&self) -> bool {
        matches!(
            self.name.as_str(),
            "uniq" | "split" | "tar" | "md5sum" | "sha1sum" | "sha256sum" | "sha512sum"
        ) && !self.options.has('c')
    }

    /// Whether it goes on without its missing files.
    pub fn bears_missing(&self) -> bool {
        !matches!(
            self.name.as_str(),
            "sort" | "split" | "tar" | "uniq" | "cmp" | "comm" | "diff" | "base64" | "paste"
        )
    }

    /// The code a missing file gives.
    pub fn missing(&self) -> i32 {
        if matches!(self.name.as_str(), "sort" | "diff" | "cmp") { 2 } else { 1 }
    }
}

impl Stage for Whole {
    fn begin(&mut self, _sys: &mut Sys, name: &str) {
        self.texts.push((name.to_string(), Vec::new()));
    }

    fn feed(&mut self, sys: &mut Sys, data: &[u8]) -> Flow {
        self.bytes += data.len();
        sys.hold(self.bytes as u64);
        if self.bytes > limits::TEXT_BYTES {
            sys.note(NoteKind::Limit(Limit::Text));
            return Flow::NextFile;
        }
        if let Some((_, text)) = self.texts.last_mut() {
            text.extend(data);
        }
        Flow::More
    }

    fn finish(&mut self, sys: &mut Sys) -> i32 {
        sys.spend(1 + self.bytes as u64 / 256);
        let mut call = Call { sys, applet: &self.name, name: &self.name, args: &[] };
        match TOOLS.iter().find(|(name, ..)| *name == self.name) {
            Some((.., act)) => act(&mut call, &self.options, &self.texts),
            None => 127,
        }
    }
}

/// The lines of a text without their newlines.
pub fn lines(text: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(text).lines().map(str::to_string).collect()
}

/// The lines of all texts.
pub fn all_lines(texts: &[Text]) -> Vec<String> {
    texts.iter().flat_map(|(_, text)| lines(text)).collect()
}

/// Prints lines.
pub fn print(call: &mut Call, lines: impl IntoIterator<Item = String>) {
    let mut out = String::new();
    for line in lines {
        out.push_str(&line);
        out.push('\n');
    }
    call.out(out);
}
