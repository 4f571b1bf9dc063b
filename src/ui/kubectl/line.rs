//! The line that is being typed, without a browser: keys in, lines out.

/// A line under way.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Line {
    /// What stands in the field.
    pub text: String,
    /// How it could go on, after a Tab that left several ways.
    pub options: Vec<String>,
    /// Which earlier command is shown, counted from the newest.
    back: Option<usize>,
    /// What was typed before the earlier commands.
    draft: String,
    /// Whether the next Tab leaves the field.
    leaves: bool,
}

/// What becomes of a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Typed {
    /// The browser may have it.
    Passed,
    /// The line is now this.
    Taken(Line),
    /// How the line can go on is to be asked for.
    Asked,
}

impl Line {
    /// The line after typing.
    pub fn typed(text: String) -> Self {
        Line { text, ..Line::default() }
    }

    /// A key that is pressed in the field. Tab completes a line; in an empty one, after Escape,
    /// and where nothing can follow it moves on as everywhere else.
    pub fn key(&self, key: &str, shift: bool, history: &[String]) -> Typed {
        match key {
            "ArrowUp" => self.earlier(history),
            "ArrowDown" => self.later(history),
            "Escape" => Typed::Taken(Line { leaves: true, options: Vec::new(), ..self.clone() }),
            "Tab" if !shift && !self.leaves && !self.text.trim().is_empty() => Typed::Asked,
            _ => Typed::Passed,
        }
    }

    fn earlier(&self, history: &[String]) -> Typed {
        let back = self.back.map_or(0, |back| back + 1);
        let Some(text) = history.iter().rev().nth(back) else { return Typed::Taken(self.clone()) };
        let draft = if self.back.is_none() { &self.text } else { &self.draft };
        let (text, draft) = (text.clone(), draft.clone());
        Typed::Taken(Line { text, draft, back: Some(back), ..Line::default() })
    }

    fn later(&self, history: &[String]) -> Typed {
        let Some(back) = self.back else { return Typed::Passed };
        let next =
            back.checked_sub(1).and_then(|next| Some((next, history.iter().rev().nth(next)?)));
        Typed::Taken(match next {
            Some((next, text)) => Line {
                text: text.clone(),
                back: Some(next),
                draft: self.draft.clone(),
                ..Line::default()
            },
            None => Line::typed(self.draft.clone()),
        })
    }

    /// The line with its last word as long as all `options` have it.
    pub fn completed(&self, options: &[String]) -> Self {
        let Some(first) = options.first() else {
            return Line { leaves: true, options: Vec::new(), ..self.clone() };
        };
        let start = self.text.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let common = options.iter().fold(first.as_str(), |common, option| {
            let same = common.chars().zip(option.chars()).take_while(|(a, b)| a == b);
            &common[..same.map(|(a, _)| a.len_utf8()).sum()]
        });
        let mut text = [&self.text[..start], common].concat();
        if options.len() == 1 && !common.ends_with(['=', '/']) {
            text.push(' ');
        }
        let options = if options.len() == 1 { Vec::new() } else { options.to_vec() };
        Line { text, options, ..Line::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(line: &Line, key: &str) -> Line {
        let history = ["get pods".to_string(), "describe pod web".to_string()];
        match line.key(key, false, &history) {
            Typed::Taken(line) => line,
            Typed::Asked => {
                let word = line.text.rsplit(' ').next().unwrap_or_default();
                let mut options = vec!["pods", "podtemplates", "services"];
                options.retain(|option| option.starts_with(word));
                line.completed(&options.iter().map(|option| option.to_string()).collect::<Vec<_>>())
            }
            Typed::Passed => Line { text: "passed".to_string(), ..Line::default() },
        }
    }

    #[test]
    fn earlier_commands_come_back_and_the_draft_stays() {
        let up = press(&Line::typed("ge".to_string()), "ArrowUp");
        assert_eq!(up.text, "describe pod web");
        let older = press(&up, "ArrowUp");
        assert_eq!(
            (older.text.as_str(), press(&older, "ArrowUp").text.as_str()),
            ("get pods", "get pods")
        );
        let back = press(&press(&older, "ArrowDown"), "ArrowDown");
        assert_eq!((back.text.as_str(), press(&back, "ArrowDown").text.as_str()), ("ge", "passed"));
    }

    #[test]
    fn tab_completes_and_lets_go_after_escape() {
        let tab = |text: &str| press(&Line::typed(text.to_string()), "Tab");
        assert_eq!(tab("get se").text, "get services ");
        let pods = tab("get po");
        assert_eq!((pods.text.as_str(), pods.options.len()), ("get pod", 2));
        let nothing = tab("get x");
        assert_eq!(
            (nothing.text.as_str(), press(&nothing, "Tab").text.as_str()),
            ("get x", "passed")
        );
        assert_eq!(tab("").text, "passed");
        let left = press(&Line::typed("get se".to_string()), "Escape");
        assert_eq!(press(&left, "Tab").text, "passed");
    }
}
