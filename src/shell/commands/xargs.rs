//! `xargs -n 1 -I {} -0 -t command`: runs a command with arguments from standard input; `time`
//! and `watch` run theirs with it too.

use crate::base::SimTime;
use crate::shell::commands::call::Call;
use crate::shell::commands::numbers;
use crate::shell::commands::task::Work;
use crate::shell::errno::Errno;
use crate::shell::exec;
use crate::shell::limits;
use crate::shell::process::{State, Step};
use crate::shell::sys::{Read, Sys};
use crate::shell::sys_files::OpenMode;
use crate::shell::types::Pid;
use std::collections::VecDeque;

/// `xargs`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Xargs {
    command: Vec<String>,
    /// At most so many bytes for one command.
    bytes: usize,
    /// The word that ends the input (`-E`).
    last: Option<String>,
    /// At most so many words for one command.
    most: usize,
    /// What is replaced by a line (`-I`).
    mark: Option<String>,
    /// Do not run without words.
    only_if_any: bool,
    /// Input that is not yet words: a line, or what ends with a zero byte, whose end has not come.
    text: Vec<u8>,
    words: VecDeque<String>,
    /// Whether all input was read.
    ended: bool,
    /// The kind of quote that was open at its end.
    wrong: Option<&'static str>,
    ran: bool,
    child: Option<Pid>,
    status: i32,
    /// Words end with a zero byte.
    zero: bool,
    /// Each command is told first.
    told: bool,
    /// How the status of the command becomes its own.
    kind: Kind,
}

/// Bytes of one command, each word with the zero byte that ends it. Source: busybox 1.35, measured.
const BYTES: usize = 30 << 10;

/// For whom commands are run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Xargs,
    /// `time`, begun then; with `-p`, in POSIX's form.
    Time(SimTime, bool),
    /// `watch`, again after so many milliseconds.
    Watch(u64),
}

/// Reads the command line: options end where the command begins.
pub fn start(call: &mut Call) -> Result<Work, Option<i32>> {
    let options = call.leading_options("n:I:P:s:E:a:r0tpxe").map_err(Some)?;
    let mut xargs = Xargs::over(options.rest.clone());
    xargs.ended = false;
    let most = options.value('n').and_then(|n| n.parse().ok());
    xargs.most = most.filter(|n| *n > 0).unwrap_or(limits::ARGUMENTS);
    xargs.bytes = options.value('s').and_then(|n| n.parse().ok()).unwrap_or(BYTES);
    xargs.last = options.value('E').map(str::to_string);
    xargs.mark = options.value('I').map(str::to_string);
    xargs.only_if_any = options.has('r');
    (xargs.zero, xargs.told) = (options.has('0'), options.has('t'));
    if xargs.command.is_empty() {
        xargs.command.push("echo".to_string());
    }
    if let Some(path) = options.value('a') {
        match call.sys.open(path, OpenMode::Read) {
            Ok(file) => call.sys.set_descriptor(0, file),
            Err(error) => return Err(Some(call.fail_path("can't open ", path, error))),
        }
    }
    Ok(Work::Xargs(Box::new(xargs)))
}

/// `time [-p] command`
pub fn time(call: &mut Call) -> Result<Work, Option<i32>> {
    let options = call.leading_options("vpao:").map_err(Some)?;
    let mut xargs = Xargs::over(options.rest.clone());
    if xargs.command.is_empty() {
        return Err(Some(call.usage("time [-vpa] [-o FILE] PROG ARGS")));
    }
    for letter in ['v', 'a', 'o'].into_iter().filter(|letter| options.has(*letter)) {
        call.unsupported(&format!("-{letter}"));
    }
    xargs.kind = Kind::Time(call.sys.now(), options.has('p'));
    Ok(Work::Xargs(Box::new(xargs)))
}

/// What `time -p` says of so many hundredths of a second. The commands here use no time of the
/// processor that it could tell.
pub fn posix_time(cs: u64) -> String {
    format!("real {}.{:02}\nuser 0.00\nsys 0.00\n", cs / 100, cs % 100)
}

/// `watch -n 5 command`: without a terminal, each time below the last.
pub fn watch(call: &mut Call) -> Result<Work, Option<i32>> {
    let options = call.leading_options("n:td").map_err(Some)?;
    let every = options.value('n').and_then(numbers::thousandths).unwrap_or(2_000);
    if options.rest.is_empty() {
        return Err(Some(call.usage("watch [-n SEC] [-t] PROG ARGS")));
    }
    let command = ["sh".to_string(), "-c".to_string(), options.rest.join(" ")];
    let mut xargs = Xargs::over(command.to_vec());
    xargs.kind = Kind::Watch(every.max(100));
    Ok(Work::Xargs(Box::new(xargs)))
}

impl Xargs {
    /// Runs a command once, without words.
    fn over(command: Vec<String>) -> Xargs {
        Xargs {
            command,
            bytes: BYTES,
            last: None,
            most: limits::ARGUMENTS,
            mark: None,
            only_if_any: false,
            text: Vec::new(),
            words: VecDeque::new(),
            ended: true,
            wrong: None,
            ran: false,
            child: None,
            status: 0,
            zero: false,
            told: false,
            kind: Kind::Xargs,
        }
    }

    /// Reads, runs the next command, or waits for it.
    pub fn step(&mut self, sys: &mut Sys) -> Step {
        if let Some(child) = self.child {
            return self.wait(sys, child);
        }
        let count = self.fitting();
        if count == self.words.len() && count < self.wanted() && !self.ended {
            return self.read(sys);
        }
        if let Some(quote) = self.wrong.filter(|_| count < self.wanted()) {
            sys.err(["xargs: unmatched ", quote, " quote\n"].concat());
            return Step::Exit(1);
        }
        let batch: Vec<String> = self.words.drain(..count).collect();
        let idle = self.ran || self.only_if_any || self.mark.is_some();
        if batch.is_empty() && idle {
            return self.end(sys);
        }
        self.ran = true;
        self.run(sys, batch)
    }

    /// How many words the next command is to get.
    fn wanted(&self) -> usize {
        if self.mark.is_some() { 1 } else { self.most }
    }

    /// How many of the words that are there the next command can get.
    fn fitting(&self) -> usize {
        let own = self.command.iter().map(|word| word.len() + 1).sum::<usize>();
        let mut room = self.bytes.saturating_sub(own);
        let fits = |word: &&String| {
            let enough = word.len() < room;
            room = room.saturating_sub(word.len() + 1);
            enough
        };
        let count = self.words.iter().take(self.wanted()).take_while(fits).count();
        // A word that is too long alone gets a command alone, which says so.
        count.max(usize::from(!self.words.is_empty()))
    }

    fn read(&mut self, sys: &mut Sys) -> Step {
        match sys.read(0, 4096) {
            Read::Data(data) if self.text.len() < limits::TEXT_BYTES => self.text.extend(data),
            Read::Wait(state) => return Step::Block(state),
            _ => self.ended = true,
        }
        match self.mark {
            _ if self.zero => {
                let words = self.cut(0);
                self.words.extend(words);
            }
            Some(_) => {
                let lines = self.cut(b'\n').into_iter().map(|line| line.trim_start().to_string());
                self.words.extend(lines.filter(|line| !line.is_empty()));
            }
            None => {
                let (words, taken, quote) = words(&self.text, self.ended);
                sys.spend(words.len() as u64);
                self.words.extend(words);
                self.text.drain(..taken);
                self.wrong = quote;
                if let Some(last) = self.words.iter().position(|w| Some(w) == self.last.as_ref()) {
                    self.words.truncate(last);
                    (self.ended, self.wrong) = (true, None);
                }
            }
        }
        Step::Continue
    }

    /// Takes the parts that this byte ends, at the end of the input also the last.
    fn cut(&mut self, end: u8) -> Vec<String> {
        let whole = match self.text.iter().rposition(|byte| *byte == end) {
            _ if self.ended => self.text.len(),
            last => last.map_or(0, |last| last + 1),
        };
        let text: Vec<u8> = self.text.drain(..whole).collect();
        let ended = text.split_inclusive(|byte| *byte == end);
        let parts = ended.map(|part| part.strip_suffix(&[end]).unwrap_or(part));
        parts.map(|part| String::from_utf8_lossy(part).into_owned()).collect()
    }

    fn run(&mut self, sys: &mut Sys, batch: Vec<String>) -> Step {
        let argv: Vec<String> = match &self.mark {
            Some(mark) => self.command.iter().map(|w| w.replace(mark, &batch[0])).collect(),
            None => self.command.iter().cloned().chain(batch).collect(),
        };
        if self.told {
            sys.err([&argv.join(" "), "\n"].concat());
        }
        let name = argv[0].clone();
        match spawn(sys, argv) {
            Ok(pid) => {
                self.child = Some(pid);
                Step::Continue
            }
            Err(error) => {
                let applet = sys.me().name().to_string();
                let (before, after) =
                    if self.kind == Kind::Xargs { ("", ": ") } else { ("can't execute '", "': ") };
                sys.err([&applet, ": ", before, &name, after, error.text(), "\n"].concat());
                Step::Exit(if error == Errno::NotFound { 127 } else { 126 })
            }
        }
    }

    fn wait(&mut self, sys: &mut Sys, child: Pid) -> Step {
        while let Some((pid, exit)) = sys.reap() {
            if pid != child {
                continue;
            }
            self.child = None;
            if self.kind != Kind::Xargs {
                self.status = exit.code;
                return Step::Continue;
            }
            match exit.code {
                0 => {}
                255 => {
                    let name = &self.command[0];
                    sys.err(["xargs: ", name, ": exited with status 255; aborting\n"].concat());
                    return Step::Exit(124);
                }
                126 | 127 => return Step::Exit(exit.code),
                _ if exit.signal.is_some() => return Step::Exit(125),
                _ => self.status = 123,
            }
            return Step::Continue;
        }
        Step::Block(State::Child(Some(child)))
    }
}

impl Xargs {
    fn end(&mut self, sys: &mut Sys) -> Step {
        match self.kind {
            Kind::Watch(every) => {
                self.ran = false;
                Step::Block(State::Sleeping(sys.now() + SimTime::ms(every)))
            }
            Kind::Time(begun, plain) => {
                if self.status != 0 {
                    sys.err(format!("Command exited with non-zero status {}\n", self.status));
                }
                let cs = (sys.now() - begun).as_ms() / 10;
                let (minutes, seconds) = (cs / 6_000, cs / 100 % 60);
                sys.err(match plain {
                    true => posix_time(cs),
                    false => format!(
                        "real\t{minutes}m {seconds}.{:02}s\nuser\t0m 0.00s\nsys\t0m 0.00s\n",
                        cs % 100
                    ),
                });
                Step::Exit(self.status)
            }
            _ => Step::Exit(self.status),
        }
    }
}

/// Starts a command found in `$PATH` as a child.
pub fn spawn(sys: &mut Sys, argv: Vec<String>) -> Result<Pid, Errno> {
    let env = sys.me().env.clone();
    let path = env.iter().find(|(n, _)| n == "PATH").map_or(exec::DEFAULT_PATH, |(_, v)| v);
    let file = exec::search(sys, argv.first().map_or("", String::as_str), path)?;
    let program = exec::load(sys, &file, argv.clone(), &env)?;
    let pid = sys.fork(program)?;
    if let Some(child) = sys.child_mut(pid) {
        child.argv = argv;
    }
    Ok(pid)
}

/// The words of a text, separated by blanks, with quotes; how many bytes they took, and which quote
/// is open at the end. A word whose end has not come is left, unless the text has `ended`.
fn words(text: &[u8], ended: bool) -> (Vec<String>, usize, Option<&'static str>) {
    let (mut words, mut taken) = (Vec::new(), 0);
    let (mut word, mut quote) = (None::<Vec<u8>>, None);
    let mut bytes = text.iter().enumerate();
    let text_of = |word: Vec<u8>| String::from_utf8_lossy(&word).into_owned();
    while let Some((at, byte)) = bytes.next() {
        match (quote, byte) {
            (Some(open), byte) if byte == open => quote = None,
            (None, b'\'' | b'"') => {
                quote = Some(byte);
                word.get_or_insert_default();
            }
            (None, b'\\') => {
                word.get_or_insert_default().extend(bytes.next().map(|(_, byte)| *byte))
            }
            (None, byte) if byte.is_ascii_whitespace() => {
                words.extend(word.take().map(text_of));
                taken = at + 1;
            }
            (_, byte) => word.get_or_insert_default().push(*byte),
        }
    }
    if !ended {
        return (words, taken, None);
    }
    let open = quote.map(|byte| if *byte == b'"' { "double" } else { "single" });
    words.extend(word.filter(|_| open.is_none()).map(text_of));
    (words, text.len(), open)
}
