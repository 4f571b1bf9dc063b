//! What may have been meant: the nearest spelling.

/// Of `known`, the word spelt most like `word`, if it is near enough to be meant.
pub fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let lower = word.to_ascii_lowercase();
    let allowed = (word.len() / 3).clamp(1, 4);
    known
        .map(|k| (distance(&lower, &k.to_ascii_lowercase()), k))
        .filter(|(d, _)| *d <= allowed)
        .min_by_key(|(d, _)| *d)
        .map(|(_, k)| k)
}

/// Letters to insert, drop, replace or swap to make `b` of `a`; long words count as far apart.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().max(b.len()) > 64 {
        return usize::MAX;
    }
    let mut two_up: Vec<usize> = Vec::new();
    let mut up: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replace = up[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replace.min(up[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(two_up[j - 2] + 1);
            }
            row.push(best);
        }
        two_up = std::mem::replace(&mut up, row);
    }
    up[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_near_and_another_word_is_not() {
        let known = ["image", "imagePullPolicy", "command", "livenessProbe", "readinessProbe"];
        let rows = [
            ("imagee", Some("image")),
            ("comand", Some("command")),
            ("livenesProbe", Some("livenessProbe")),
            ("imagepullpolicy", Some("imagePullPolicy")),
            ("cmomand", Some("command")),
            ("volumes", None),
            ("x", None),
        ];
        for (word, want) in rows {
            assert_eq!(nearest(word, known.into_iter()), want, "{word}");
        }
    }
}
