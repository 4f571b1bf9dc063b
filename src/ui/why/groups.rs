//! Folds decisions that repeat: ten probes that succeed are one line.

use std::rc::Rc;

use super::texts::RuleTexts;
use crate::session::view::RecordView;

/// Decisions of one kind in a row, the newest first.
#[derive(Clone, PartialEq, Debug)]
pub struct Group {
    /// The newest.
    pub newest: Rc<RecordView>,
    /// Those before it that say the same.
    pub before: Vec<Rc<RecordView>>,
}

/// The decisions, the newest first, folded where title and subject repeat. The selected one is
/// never folded away.
pub fn fold(rows: &[Rc<RecordView>], texts: &RuleTexts, selected: Option<usize>) -> Vec<Group> {
    let mut groups: Vec<(String, Group)> = Vec::new();
    for record in rows.iter().rev() {
        let title = texts.title(&record.rule, &record.facts);
        let alone = selected == Some(record.id);
        match groups.last_mut() {
            Some((same, group))
                if !alone
                    && *same == title
                    && group.newest.rule == record.rule
                    && group.newest.subject == record.subject =>
            {
                group.before.push(record.clone());
            }
            _ => groups.push((title, Group { newest: record.clone(), before: Vec::new() })),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::base::SimTime;

    /// A decision by this rule.
    pub fn record(id: usize, rule: &str) -> Rc<RecordView> {
        Rc::new(RecordView {
            id,
            at: SimTime::secs(id as u64),
            by: "kubelet".to_string(),
            rule: rule.to_string(),
            subject: "pod/web/app".to_string(),
            facts: Vec::new(),
            fields: Vec::new(),
            lines: Vec::new(),
            unwritten: false,
            cause: None,
            source: String::new(),
        })
    }

    #[test]
    fn what_repeats_is_folded_but_never_the_selected() {
        let rows = [record(0, "a"), record(1, "b"), record(2, "b"), record(3, "b"), record(4, "a")];
        let ids = |selected| -> Vec<Vec<usize>> {
            let groups = fold(&rows, &RuleTexts::default(), selected);
            let all =
                |g: &Group| std::iter::once(&g.newest).chain(&g.before).map(|r| r.id).collect();
            groups.iter().map(all).collect()
        };
        assert_eq!(ids(None), [vec![4], vec![3, 2, 1], vec![0]]);
        assert_eq!(ids(Some(2)), [vec![4], vec![3], vec![2, 1], vec![0]]);
    }
}
