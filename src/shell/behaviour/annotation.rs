//! The annotations under `lifepod.dev/`: `lifepod.dev/CONTAINER.WORD`, or `lifepod.dev/WORD` for
//! all containers of the Pod.

use crate::shell::behaviour::words::Behaviour;

/// The prefix of all of them.
pub const PREFIX: &str = "lifepod.dev/";

/// An annotation's key, taken apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Key<'a> {
    /// The container; empty for all.
    pub container: &'a str,
    /// The word.
    pub word: &'a str,
}

/// The key of an annotation of ours. Names of containers have no dots.
pub fn key(annotation: &str) -> Option<Key<'_>> {
    let rest = annotation.strip_prefix(PREFIX)?;
    let (container, word) = rest.rsplit_once('.').unwrap_or(("", rest));
    Some(Key { container, word })
}

impl Behaviour {
    /// What annotations say of a container; what cannot be read says nothing.
    pub fn of_container<'a>(
        annotations: impl Iterator<Item = (&'a str, &'a str)> + Clone,
        container: &str,
    ) -> Behaviour {
        let mut behaviour = Behaviour::default();
        for name in ["", container] {
            let mut own = Behaviour::default();
            for (annotation, value) in annotations.clone() {
                if let Some(key) = key(annotation).filter(|k| k.container == name) {
                    // The editor tells of mistakes.
                    let _ = own.set(key.word, value);
                }
            }
            behaviour.overlay(&own);
        }
        behaviour
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SimTime;

    #[test]
    fn the_containers_own_words_count_more() {
        let all = [
            ("lifepod.dev/start", "3s"),
            ("lifepod.dev/app.start", "5s"),
            ("lifepod.dev/app.exit", "soon"),
            ("lifepod.dev/other.pull", "9s"),
            ("example.com/app.pull", "9s"),
        ];
        let of = |name| Behaviour::of_container(all.iter().copied(), name);
        assert_eq!(of("app").start, Some(SimTime::secs(5)));
        assert_eq!((of("app").exit, of("app").pull), (None, None));
        assert_eq!(of("web").start, Some(SimTime::secs(3)));
    }
}
