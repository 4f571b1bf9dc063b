//! The command line of `awk`.

use crate::shell::commands::awk::lexer::unescaped;
use crate::shell::commands::awk::machine::Machine;
use crate::shell::commands::awk::parser;
use crate::shell::commands::call::{Call, Options};
use crate::shell::commands::whole::Text;

/// Takes the program (as option `f`) and assignments (as options `v`) off the arguments; the
/// files that remain, or `/dev/null` where nothing is read.
pub fn operands(call: &mut Call, options: &mut Options) -> Result<Vec<String>, i32> {
    let mut rest = std::mem::take(&mut options.rest).into_iter();
    let program = match options.value('f').map(str::to_string) {
        Some(file) => match call.sys.read_whole(&file) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) => return Err(call.fail_path("can't open ", &file, error)),
        },
        None => match rest.next() {
            Some(text) => text,
            None => return Err(call.usage("awk [OPTIONS] [AWK_PROGRAM] [FILE]...")),
        },
    };
    let Some(parsed) = parser::parse(&program) else {
        return Err(call.fail("cmd. line:1: Unexpected token"));
    };
    options.flags.push(('f', program));
    let (set, mut files): (Vec<_>, Vec<_>) = rest.partition(|arg| {
        arg.split_once('=').is_some_and(|(n, _)| crate::shell::syntax::cursor::is_name(n))
    });
    options.flags.extend(set.into_iter().map(|arg| ('v', arg)));
    if !Machine::reads(&parsed) {
        files = vec!["/dev/null".to_string()];
    }
    Ok(files)
}

/// Runs the program over the texts.
pub fn run(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    let Some(program) = options.value('f').and_then(parser::parse) else { return 1 };
    let mut machine = Machine::new(call, &program, texts);
    if let Some(separator) = options.value('F') {
        let separator = if separator == "t" { "\t" } else { separator };
        machine.set("FS", unescaped(separator));
    }
    for (_, assignment) in options.flags.iter().filter(|(letter, _)| *letter == 'v') {
        if let Some((name, value)) = assignment.split_once('=') {
            machine.set_input(name, unescaped(value));
        }
    }
    machine.run()
}
