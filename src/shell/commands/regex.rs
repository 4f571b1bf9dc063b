//! Regular expressions, basic and extended, followed in all ways at once: time grows with text
//! times pattern, whatever the pattern.

use crate::shell::sh::pattern::class;

const PROGRAM: usize = 4_000;
const DEPTH: usize = 40;
/// Steps of the matcher for back references.
const STEPS: usize = 20_000;
/// Places remembered: the whole and nine groups.
const SLOTS: usize = 20;

/// A compiled expression.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Regex {
    code: Vec<Op>,
    fold: bool,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Op {
    Set(bool, Vec<(char, char)>),
    Any,
    Start,
    End,
    /// At a border of a word: its start, its end, either, or neither.
    Border(char),
    /// What the group matched; only the backtracking matcher knows it.
    Same(usize),
    /// Two ways, the first one preferred.
    Both(usize, usize),
    /// Remember the place.
    Save(usize),
    Go(usize),
    Match,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Node {
    Empty,
    One(Op),
    Seq(Vec<Node>),
    Or(Vec<Node>),
    Repeat(Box<Node>, u32, Option<u32>),
    Group(Box<Node>, usize),
}

impl Regex {
    /// Compiles; `extended` as `grep -E`. `None` if it is malformed or too large.
    pub fn new(source: &str, extended: bool, fold: bool) -> Option<Regex> {
        let chars: Vec<char> = source.chars().collect();
        let mut parser = Parser { chars: &chars, at: 0, extended, depth: 0, groups: 0 };
        let node = parser.alternatives()?;
        if parser.at < chars.len() {
            return None;
        }
        let mut code = Vec::new();
        emit(&node, &mut code)?;
        code.push(Op::Match);
        Some(Regex { code, fold })
    }

    /// A plain text that matches only itself.
    pub fn literal(text: &str, fold: bool) -> Regex {
        let mut code: Vec<Op> = text.chars().map(|c| Op::Set(false, vec![(c, c)])).collect();
        code.push(Op::Match);
        Regex { code, fold }
    }

    /// The first match at or after byte `from`: its start and end, the longest one there.
    pub fn find(&self, text: &str, from: usize) -> Option<(usize, usize)> {
        let starts = text[from..].char_indices().map(|(at, _)| from + at).chain([text.len()]);
        starts.into_iter().find_map(|start| Some((start, self.match_at(text, start)?)))
    }

    /// Whether anything in the text matches.
    pub fn is_match(&self, text: &str) -> bool {
        if self.looks_back() {
            return self.find(text, 0).is_some();
        }
        let mut states = vec![false; self.code.len()];
        let mut at = 0;
        loop {
            self.add(&mut states, 0, text, at);
            if states[self.code.len() - 1] {
                return true;
            }
            let Some(c) = text[at..].chars().next() else { return false };
            at += c.len_utf8();
            states = self.advance(&states, c, text, at);
        }
    }

    fn match_at(&self, text: &str, start: usize) -> Option<usize> {
        if self.looks_back() {
            return self.try_at(text, start).map(|(end, _)| end);
        }
        let mut states = vec![false; self.code.len()];
        self.add(&mut states, 0, text, start);
        let (mut at, mut end) = (start, None);
        loop {
            if states[self.code.len() - 1] {
                end = Some(at);
            }
            let Some(c) = text[at..].chars().next() else { return end };
            at += c.len_utf8();
            states = self.advance(&states, c, text, at);
            if !states.contains(&true) {
                return end;
            }
            if at == text.len() {
                return if states[self.code.len() - 1] { Some(at) } else { end };
            }
        }
    }

    /// The places of the whole first match and of its groups, greedy from the left.
    pub fn captures(&self, text: &str, from: usize) -> Option<Vec<Option<(usize, usize)>>> {
        let (start, last) = self.find(text, from)?;
        let whole = |slots: Vec<Option<usize>>, end: usize| {
            let pair = |nth: usize| Some((slots[nth * 2]?, slots[nth * 2 + 1]?));
            std::iter::once(Some((start, end))).chain((1..SLOTS / 2).map(pair)).collect()
        };
        if self.looks_back() {
            let (end, slots) = self.try_at(text, start)?;
            return Some(whole(slots, end));
        }
        let mut best = None;
        let mut threads = Vec::new();
        self.follow(
            &mut threads,
            &mut vec![false; self.code.len()],
            text,
            start,
            0,
            vec![None; SLOTS],
        );
        let mut at = start;
        loop {
            let c = text[at..].chars().next();
            let next_at = at + c.map_or(0, char::len_utf8);
            let mut next = Vec::new();
            let mut seen = vec![false; self.code.len()];
            for (state, slots) in std::mem::take(&mut threads) {
                let fits = match (&self.code[state], c) {
                    // Only the longest match counts.
                    (Op::Match, _) if at < last => false,
                    (Op::Match, _) => {
                        best = Some((at, slots));
                        break;
                    }
                    (Op::Any, Some(_)) => true,
                    (Op::Set(negated, ranges), Some(c)) => self.in_set(ranges, c) != *negated,
                    _ => false,
                };
                if fits {
                    self.follow(&mut next, &mut seen, text, next_at, state + 1, slots);
                }
            }
            if next.is_empty() {
                break;
            }
            (threads, at) = (next, next_at);
        }
        let (end, slots) = best?;
        Some(whole(slots, end))
    }

    /// Adds the threads reachable from a state, the preferred first.
    fn follow(
        &self,
        threads: &mut Vec<(usize, Vec<Option<usize>>)>,
        seen: &mut [bool],
        text: &str,
        at: usize,
        first: usize,
        slots: Vec<Option<usize>>,
    ) {
        let mut todo = vec![(first, slots)];
        while let Some((state, mut slots)) = todo.pop() {
            if std::mem::replace(&mut seen[state], true) {
                continue;
            }
            match &self.code[state] {
                Op::Go(to) => todo.push((*to, slots)),
                Op::Both(a, b) => todo.extend([(*b, slots.clone()), (*a, slots)]),
                Op::Start if at == 0 => todo.push((state + 1, slots)),
                Op::End if at == text.len() => todo.push((state + 1, slots)),
                Op::Border(kind) if at_border(*kind, text, at) => todo.push((state + 1, slots)),
                Op::Start | Op::End | Op::Border(_) => {}
                Op::Save(slot) => {
                    if let Some(place) = slots.get_mut(*slot) {
                        *place = Some(at);
                    }
                    todo.push((state + 1, slots));
                }
                _ => threads.push((state, slots)),
            }
        }
    }

    fn advance(&self, states: &[bool], c: char, text: &str, at: usize) -> Vec<bool> {
        let mut next = vec![false; states.len()];
        for (state, op) in self.code.iter().enumerate().filter(|(state, _)| states[*state]) {
            let fits = match op {
                Op::Any => true,
                Op::Set(negated, ranges) => self.in_set(ranges, c) != *negated,
                _ => false,
            };
            if fits {
                self.add(&mut next, state + 1, text, at);
            }
        }
        next
    }

    fn in_set(&self, ranges: &[(char, char)], c: char) -> bool {
        let within = |c: char| ranges.iter().any(|(low, high)| (*low..=*high).contains(&c));
        within(c) || self.fold && (within(c.to_ascii_lowercase()) || within(c.to_ascii_uppercase()))
    }

    fn add(&self, states: &mut [bool], first: usize, text: &str, at: usize) {
        let mut todo = vec![first];
        while let Some(state) = todo.pop() {
            if std::mem::replace(&mut states[state], true) {
                continue;
            }
            match &self.code[state] {
                Op::Go(to) => todo.push(*to),
                Op::Save(_) => todo.push(state + 1),
                Op::Both(a, b) => todo.extend([*a, *b]),
                Op::Start if at == 0 => todo.push(state + 1),
                Op::End if at == text.len() => todo.push(state + 1),
                Op::Border(kind) if at_border(*kind, text, at) => todo.push(state + 1),
                _ => {}
            }
        }
    }
}

fn at_border(kind: char, text: &str, at: usize) -> bool {
    let is_word = |c: char| c == '_' || c.is_ascii_alphanumeric();
    let before = text[..at].chars().next_back().is_some_and(is_word);
    let after = text[at..].chars().next().is_some_and(is_word);
    match kind {
        '<' => !before && after,
        '>' => before && !after,
        'b' => before != after,
        _ => before == after,
    }
}

/// One way through an expression with back references, tried after the others failed.
struct Way {
    state: usize,
    at: usize,
    slots: Vec<Option<usize>>,
}

impl Regex {
    fn looks_back(&self) -> bool {
        self.code.iter().any(|op| matches!(op, Op::Same(_)))
    }

    /// Matches by trying one way after the other, for expressions with back references; bounded.
    fn try_at(&self, text: &str, start: usize) -> Option<(usize, Vec<Option<usize>>)> {
        let mut ways = vec![Way { state: 0, at: start, slots: vec![None; SLOTS] }];
        let mut best: Option<(usize, Vec<Option<usize>>)> = None;
        for _ in 0..STEPS {
            let Some(Way { state, at, mut slots }) = ways.pop() else { break };
            let next = text[at..].chars().next();
            let (to, at) = match &self.code[state] {
                Op::Match => {
                    if best.as_ref().is_none_or(|(end, _)| at > *end) {
                        best = Some((at, slots));
                    }
                    continue;
                }
                Op::Go(to) => (*to, at),
                Op::Both(a, b) => {
                    ways.push(Way { state: *b, at, slots: slots.clone() });
                    (*a, at)
                }
                Op::Save(slot) => {
                    if let Some(place) = slots.get_mut(*slot) {
                        *place = Some(at);
                    }
                    (state + 1, at)
                }
                Op::Start if at == 0 => (state + 1, at),
                Op::End if at == text.len() => (state + 1, at),
                Op::Border(kind) if at_border(*kind, text, at) => (state + 1, at),
                Op::Same(group) => match (slots.get(group * 2), slots.get(group * 2 + 1)) {
                    (Some(Some(a)), Some(Some(b))) if text[at..].starts_with(&text[*a..*b]) => {
                        (state + 1, at + b - a)
                    }
                    _ => continue,
                },
                Op::Any | Op::Set(..) => {
                    let fits = |c: char| match &self.code[state] {
                        Op::Set(negated, ranges) => self.in_set(ranges, c) != *negated,
                        _ => true,
                    };
                    match next.filter(|c| fits(*c)) {
                        Some(c) => (state + 1, at + c.len_utf8()),
                        None => continue,
                    }
                }
                Op::Start | Op::End | Op::Border(_) => continue,
            };
            ways.push(Way { state: to, at, slots });
        }
        best
    }
}

fn emit(node: &Node, code: &mut Vec<Op>) -> Option<()> {
    if code.len() > PROGRAM {
        return None;
    }
    match node {
        Node::Empty => {}
        Node::One(op) => code.push(op.clone()),
        Node::Group(inner, nth) => {
            code.push(Op::Save(nth * 2));
            emit(inner, code)?;
            code.push(Op::Save(nth * 2 + 1));
        }
        Node::Seq(nodes) => {
            for node in nodes {
                emit(node, code)?;
            }
        }
        Node::Or(nodes) => {
            let mut ends = Vec::new();
            for (at, node) in nodes.iter().enumerate() {
                if at + 1 == nodes.len() {
                    emit(node, code)?;
                    continue;
                }
                let split = code.len();
                code.push(Op::Match);
                emit(node, code)?;
                ends.push(code.len());
                code.push(Op::Match);
                code[split] = Op::Both(split + 1, code.len());
            }
            let end = code.len();
            for at in ends {
                code[at] = Op::Go(end);
            }
        }
        Node::Repeat(node, min, max) => {
            for _ in 0..*min {
                emit(node, code)?;
            }
            match max {
                None => {
                    let split = code.len();
                    code.push(Op::Match);
                    emit(node, code)?;
                    code.push(Op::Go(split));
                    code[split] = Op::Both(split + 1, code.len());
                }
                Some(max) => {
                    for _ in *min..*max {
                        let split = code.len();
                        code.push(Op::Match);
                        emit(node, code)?;
                        code[split] = Op::Both(split + 1, code.len());
                    }
                }
            }
        }
    }
    Some(())
}

struct Parser<'a> {
    chars: &'a [char],
    at: usize,
    extended: bool,
    depth: usize,
    groups: usize,
}

impl Parser<'_> {
    fn peek(&self, offset: usize) -> Option<char> {
        self.chars.get(self.at + offset).copied()
    }

    /// Takes an operator that basic expressions write with a backslash.
    fn eat(&mut self, c: char) -> bool {
        let len = if self.extended { 1 } else { 2 };
        let found = if self.extended {
            self.peek(0) == Some(c)
        } else {
            self.peek(0) == Some('\\') && self.peek(1) == Some(c)
        };
        self.at += if found { len } else { 0 };
        found
    }

    fn at_op(&mut self, c: char) -> bool {
        let at = self.at;
        let found = self.eat(c);
        self.at = at;
        found
    }

    fn alternatives(&mut self) -> Option<Node> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        let mut all = vec![self.sequence()?];
        while self.eat('|') {
            all.push(self.sequence()?);
        }
        self.depth -= 1;
        Some(if all.len() == 1 { all.remove(0) } else { Node::Or(all) })
    }

    fn sequence(&mut self) -> Option<Node> {
        let mut all = Vec::new();
        while self.peek(0).is_some() && !self.at_op('|') && !(self.depth > 1 && self.at_op(')')) {
            let atom = self.atom(all.is_empty())?;
            all.push(self.repeated(atom)?);
        }
        Some(if all.is_empty() { Node::Empty } else { Node::Seq(all) })
    }

    fn repeated(&mut self, mut node: Node) -> Option<Node> {
        let start = node == Node::One(Op::Start);
        if start && !self.extended {
            // A star after the start of a basic expression is a star.
            return Some(node);
        }
        loop {
            let (min, max) = if self.peek(0) == Some('*') {
                self.at += 1;
                (0, None)
            } else if self.eat('+') {
                (1, None)
            } else if self.eat('?') {
                (0, Some(1))
            } else if self.eat('{') {
                self.bounds()?
            } else {
                return Some(node);
            };
            if start {
                return None;
            }
            node = Node::Repeat(Box::new(node), min, max);
        }
    }

    fn bounds(&mut self) -> Option<(u32, Option<u32>)> {
        let min = self.number().unwrap_or(0);
        let max = if self.peek(0) == Some(',') {
            self.at += 1;
            self.number()
        } else {
            Some(min)
        };
        let valid = self.eat('}') && min <= 255 && max.is_none_or(|m| m >= min && m <= 255);
        valid.then_some((min, max))
    }

    fn number(&mut self) -> Option<u32> {
        let mut digits = String::new();
        while let Some(c) = self.peek(0).filter(char::is_ascii_digit) {
            digits.push(c);
            self.at += 1;
        }
        digits.parse().ok()
    }

    fn atom(&mut self, first: bool) -> Option<Node> {
        if self.eat('(') {
            self.groups += 1;
            let nth = self.groups;
            let inner = self.alternatives()?;
            return self.eat(')').then(|| Node::Group(Box::new(inner), nth));
        }
        let c = self.peek(0)?;
        self.at += 1;
        let one = |c: char| Node::One(Op::Set(false, vec![(c, c)]));
        Some(match c {
            '.' => Node::One(Op::Any),
            '^' if self.extended || first => Node::One(Op::Start),
            '$' if self.extended || self.peek(0).is_none() || self.at_op(')') => Node::One(Op::End),
            '[' => self.set()?,
            '\\' => {
                let c = self.peek(0)?;
                self.at += 1;
                match c {
                    'b' | 'B' | '<' | '>' => Node::One(Op::Border(c)),
                    '1'..='9' => Node::One(Op::Same(c as usize - '0' as usize)),
                    'd' => Node::One(Op::Set(false, class("digit"))),
                    's' => Node::One(Op::Set(false, class("space"))),
                    'S' => Node::One(Op::Set(true, class("space"))),
                    'w' | 'W' => {
                        let mut ranges = class("alnum");
                        ranges.push(('_', '_'));
                        Node::One(Op::Set(c == 'W', ranges))
                    }
                    c => one(c),
                }
            }
            '*' | '+' | '?' | '{' if self.extended => return None,
            c => one(c),
        })
    }

    fn set(&mut self) -> Option<Node> {
        let negated = self.peek(0) == Some('^');
        self.at += usize::from(negated);
        let first = self.at;
        let mut ranges = Vec::new();
        loop {
            let c = self.peek(0)?;
            self.at += 1;
            if c == ']' && self.at - 1 > first {
                return Some(Node::One(Op::Set(negated, ranges)));
            }
            if c == '[' && self.peek(0) == Some(':') {
                let rest: String = self.chars[self.at + 1..].iter().collect();
                let (name, _) = rest.split_once(":]")?;
                ranges.extend(class(name));
                self.at += name.chars().count() + 3;
            } else if self.peek(0) == Some('-') && self.peek(1).is_some_and(|c| c != ']') {
                ranges.push((c, self.peek(1)?));
                self.at += 2;
            } else {
                ranges.push((c, c));
            }
        }
    }
}

/// The complaint about an expression, in the words of glibc.
pub fn bad_regex(source: &str) -> String {
    let count = |mark: char| source.matches(mark).count();
    let fault = match () {
        () if source.contains('[') && !source.contains(']') => "Unmatched [, [^, [:, [., or [=",
        () if count('(') > count(')') => "Unmatched ( or \\(",
        () if count('(') < count(')') => "Unmatched ) or \\)",
        () => "Invalid preceding regular expression",
    };
    ["bad regex '", source, "': ", fault].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_first_longest_match() {
        for (source, extended, text, expected) in [
            ("a*b", false, "xaab", Some((1, 4))),
            ("^a", false, "ba", None),
            ("a$", false, "ba", Some((1, 2))),
            ("(ab|a)c?", true, "xabc", Some((1, 4))),
            ("\\(ab\\)\\{2\\}", false, "ababab", Some((0, 4))),
            ("[^0-9]+", true, "12ab3", Some((2, 4))),
            ("[[:digit:]]+", true, "a12", Some((1, 3))),
            ("a.c", false, "a\u{e9}c", Some((0, 4))),
            ("", false, "x", Some((0, 0))),
            ("$", false, "x", Some((1, 1))),
            ("a+", false, "aa+", Some((1, 3))),
        ] {
            let regex = Regex::new(source, extended, false).unwrap();
            assert_eq!(regex.find(text, 0), expected, "{source} on {text}");
            assert_eq!(regex.is_match(text), expected.is_some(), "{source} on {text}");
        }
    }

    #[test]
    fn bad_and_huge_expressions_are_refused() {
        for source in ["(", "[a", "*a", "a{2", "a{1,999}", "(((a{200}){200}){200})"] {
            assert_eq!(Regex::new(source, true, false), None, "{source}");
        }
        assert_eq!(Regex::new(&"(".repeat(50_000), true, false), None);
        let slow = Regex::new("(a*)*b", true, false).unwrap();
        assert!(!slow.is_match(&"a".repeat(5_000)));
    }
}
