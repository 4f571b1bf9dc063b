//! Which lines of a text are as they were applied.

/// Longer stretches that differ are not compared line by line.
const COMPARED: usize = 600;

/// For each line of `now` (from 0) the line of `before` that it is; `None` if it is new or
/// changed.
pub fn kept(before: &str, now: &str) -> Vec<Option<usize>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (lines(before), lines(now));
    let same = |(a, b): &(&&str, &&str)| a == b;
    let head = old.iter().zip(&new).take_while(same).count();
    let rest = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(same).count().min(rest);
    let mut kept: Vec<Option<usize>> = (0..head).map(Some).collect();
    kept.extend(common(&old[head..old.len() - tail], &new[head..new.len() - tail], head));
    kept.extend((old.len() - tail..old.len()).map(Some));
    kept
}

fn lines(text: &str) -> Vec<&str> {
    text.split('\n').map(|line| line.trim_end_matches('\r')).collect()
}

/// The longest run of lines that both have, in order. `first` is the number of `old`'s first.
fn common(old: &[&str], new: &[&str], first: usize) -> Vec<Option<usize>> {
    let mut kept = vec![None; new.len()];
    if old.len() > COMPARED || new.len() > COMPARED {
        return kept;
    }
    let width = new.len() + 1;
    let mut longest = vec![0u16; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            longest[i * width + j] = match old[i] == new[j] {
                true => longest[(i + 1) * width + j + 1] + 1,
                false => longest[(i + 1) * width + j].max(longest[i * width + j + 1]),
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < old.len() && j < new.len() {
        if old[i] == new[j] {
            kept[j] = Some(first + i);
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, now: &str, want: &[Option<usize>]) {
        assert_eq!(kept(before, now), want, "{before:?} {now:?}");
    }

    #[test]
    fn lines_that_stayed_are_found_where_they_are_now() {
        check("a\nb\nc", "a\nb\nc", &[Some(0), Some(1), Some(2)]);
        check("a\nb\nc", "a\nx\nc", &[Some(0), None, Some(2)]);
        check("a\nb\nc", "a\nc", &[Some(0), Some(2)]);
        check("a\nc", "a\nb\nb\nc", &[Some(0), None, None, Some(1)]);
        check("a\nb\nc\nd", "x\nb\ny\nd", &[None, Some(1), None, Some(3)]);
        check("a\na", "a\na\na", &[Some(0), Some(1), None]);
        check("", "a", &[None]);
        check("a\r\nb", "a\nb", &[Some(0), Some(1)]);
    }

    #[test]
    fn what_is_too_long_to_compare_counts_as_changed() {
        let (old, new) = ("x\n".repeat(700), "y\n".repeat(700));
        assert_eq!(kept(&old, &new).iter().flatten().count(), 1, "the empty last line");
    }
}
