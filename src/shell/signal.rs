//! Signals: names, numbers and default actions as Linux has them.
//!
//! Source: signal(7), x86 and ARM numbering.

/// What a process does with a signal it has no handler for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DefaultAction {
    /// The process ends.
    Terminate,
    /// Nothing happens.
    Ignore,
    /// The process stops.
    Stop,
    /// A stopped process goes on.
    Continue,
}

macro_rules! signals {
    ($($variant:ident $number:literal $name:literal $text:literal)*) => {
        /// A Linux signal.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Signal { $(#[doc = $text] $variant),* }

        impl Signal {
            /// All signals, by number.
            pub const ALL: &'static [Signal] = &[$(Signal::$variant),*];

            /// The number, as `kill -l` tells it.
            pub const fn number(self) -> i32 {
                match self { $(Signal::$variant => $number),* }
            }

            /// The name without `SIG`.
            pub const fn name(self) -> &'static str {
                match self { $(Signal::$variant => $name),* }
            }

            /// What a shell prints of a child that died of it.
            pub const fn description(self) -> &'static str {
                match self { $(Signal::$variant => $text),* }
            }
        }
    };
}

signals! {
    Hup 1 "HUP" "Hangup"
    Int 2 "INT" "Interrupt"
    Quit 3 "QUIT" "Quit"
    Ill 4 "ILL" "Illegal instruction"
    Trap 5 "TRAP" "Trace/breakpoint trap"
    Abrt 6 "ABRT" "Aborted"
    Bus 7 "BUS" "Bus error"
    Fpe 8 "FPE" "Floating point exception"
    Kill 9 "KILL" "Killed"
    Usr1 10 "USR1" "User defined signal 1"
    Segv 11 "SEGV" "Segmentation fault"
    Usr2 12 "USR2" "User defined signal 2"
    Pipe 13 "PIPE" "Broken pipe"
    Alrm 14 "ALRM" "Alarm clock"
    Term 15 "TERM" "Terminated"
    Stkflt 16 "STKFLT" "Stack fault"
    Chld 17 "CHLD" "Child exited"
    Cont 18 "CONT" "Continued"
    Stop 19 "STOP" "Stopped (signal)"
    Tstp 20 "TSTP" "Stopped"
    Ttin 21 "TTIN" "Stopped (tty input)"
    Ttou 22 "TTOU" "Stopped (tty output)"
    Urg 23 "URG" "Urgent I/O condition"
    Xcpu 24 "XCPU" "CPU time limit exceeded"
    Xfsz 25 "XFSZ" "File size limit exceeded"
    Vtalrm 26 "VTALRM" "Virtual timer expired"
    Prof 27 "PROF" "Profiling timer expired"
    Winch 28 "WINCH" "Window changed"
    Poll 29 "POLL" "I/O possible"
    Pwr 30 "PWR" "Power failure"
    Sys 31 "SYS" "Bad system call"
}

impl Signal {
    /// The signal of this number, if there is one.
    pub fn from_number(number: i32) -> Option<Signal> {
        Signal::ALL.iter().copied().find(|s| s.number() == number)
    }

    /// The signal called so: `TERM`, `SIGTERM`, `term` or `15`.
    pub fn from_name(name: &str) -> Option<Signal> {
        if let Ok(number) = name.parse() {
            return Signal::from_number(number);
        }
        let upper = name.to_ascii_uppercase();
        let bare = upper.strip_prefix("SIG").unwrap_or(&upper);
        let bare = match bare {
            "CLD" => "CHLD",
            "IO" => "POLL",
            "IOT" => "ABRT",
            other => other,
        };
        Signal::ALL.iter().copied().find(|s| s.name() == bare)
    }

    /// What happens to a process that neither handles nor ignores it.
    pub const fn default_action(self) -> DefaultAction {
        match self {
            Signal::Chld | Signal::Urg | Signal::Winch => DefaultAction::Ignore,
            Signal::Cont => DefaultAction::Continue,
            Signal::Stop | Signal::Tstp | Signal::Ttin | Signal::Ttou => DefaultAction::Stop,
            _ => DefaultAction::Terminate,
        }
    }

    /// Whether no process can handle or ignore it.
    pub const fn is_forced(self) -> bool {
        matches!(self, Signal::Kill | Signal::Stop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_agree() {
        for signal in Signal::ALL {
            assert_eq!(Signal::from_number(signal.number()), Some(*signal));
            assert_eq!(Signal::from_name(signal.name()), Some(*signal));
            assert_eq!(Signal::from_name(&format!("SIG{}", signal.name())), Some(*signal));
        }
        assert_eq!(Signal::from_name("term"), Some(Signal::Term));
        assert_eq!(Signal::from_name("FOO"), None);
        assert_eq!(Signal::from_name("0"), None);
    }
}
