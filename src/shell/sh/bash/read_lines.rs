//! `mapfile -t lines`: a line for each element.

use crate::shell::limits;
use crate::shell::process::Step;
use crate::shell::sh::builtins::Done;
use crate::shell::sh::frame::Frame;
use crate::shell::sh::shell::Shell;
use crate::shell::sys::{Read, Sys};

/// How a `mapfile` reads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lines {
    name: String,
    fd: u32,
    text: Vec<u8>,
    /// What ends a line (`-d`), and whether it is taken off (`-t`).
    end: u8,
    strip: bool,
    /// So many lines at most (`-n`), after so many others (`-s`).
    most: usize,
    skip: usize,
    /// The index of the first (`-O`); without it, the array is emptied before.
    first: Option<usize>,
}

/// Starts `mapfile`, `readarray`.
pub fn mapfile(shell: &Shell, sys: &mut Sys, args: &[String]) -> Done {
    let name = "MAPFILE".to_string();
    let (text, end, strip) = (Vec::new(), b'\n', false);
    let mut lines = Lines { name, fd: 0, text, end, strip, most: 0, skip: 0, first: None };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let Some(letters) = arg.strip_prefix('-') else {
            lines.name = arg.clone();
            continue;
        };
        for (at, letter) in letters.char_indices() {
            if letter == 't' {
                lines.strip = true;
                continue;
            }
            let inline = &letters[at + letter.len_utf8()..];
            let value =
                if inline.is_empty() { args.next().cloned() } else { Some(inline.to_string()) };
            let value = value.unwrap_or_default();
            let number = value.parse().unwrap_or(0);
            match letter {
                'd' => lines.end = value.bytes().next().unwrap_or(0),
                'n' => lines.most = number,
                's' => lines.skip = number,
                'O' => lines.first = Some(number),
                'u' => lines.fd = number as u32,
                'c' | 'C' => {}
                _ => {
                    shell.complain(sys, Some("mapfile"), &format!("-{letter}: invalid option"));
                    return Done::Status(2);
                }
            }
            break;
        }
    }
    Done::Push(Frame::Lines(Box::new(lines)))
}

impl Shell {
    /// Goes on reading up to the end.
    pub(in crate::shell::sh) fn read_lines(
        &mut self,
        sys: &mut Sys,
        mut lines: Box<Lines>,
    ) -> Step {
        match sys.read(lines.fd, limits::PIPE_BYTES) {
            Read::Data(data) => {
                if lines.text.len() + data.len() <= limits::TEXT_BYTES {
                    lines.text.extend(data);
                }
                self.frames.push(Frame::Lines(lines));
                Step::Continue
            }
            Read::Wait(state) => {
                self.frames.push(Frame::Lines(lines));
                Step::Block(state)
            }
            Read::End | Read::Failed(_) => {
                self.status = 0;
                if let Err(message) = self.keep_lines(&lines) {
                    self.complain(sys, Some("mapfile"), &message);
                    self.status = 1;
                }
                Step::Continue
            }
        }
    }

    fn keep_lines(&mut self, lines: &Lines) -> Result<(), String> {
        let all = lines.text.split_inclusive(|byte| *byte == lines.end);
        let most = if lines.most == 0 { limits::ARGUMENTS } else { lines.most };
        let stripped = |line: &[u8]| {
            let bare = line.strip_suffix(&[lines.end]).filter(|_| lines.strip || lines.end == 0);
            String::from_utf8_lossy(bare.unwrap_or(line)).replace('\0', "")
        };
        let texts = all.skip(lines.skip).take(most).map(stripped);
        let first = lines.first.unwrap_or(0);
        let index = |at: usize| Some(((first + at).to_string(), false));
        let given = texts.enumerate().map(|(at, text)| (index(at), text)).collect();
        self.vars.make_array(&lines.name, false)?;
        self.vars.fill(&lines.name, given, lines.first.is_some())
    }
}
