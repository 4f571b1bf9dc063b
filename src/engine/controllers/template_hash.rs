//! The hash of a Pod template, which tells one template's Pods from another's.
//!
//! DIFFERENCE: upstream hashes the template as Go prints its memory, with every field of every
//! type; here the hash is of the template's JSON. It changes exactly when upstream's does, with
//! other letters.

use crate::base::json::Value;

/// Letters and digits that make no words. Source: apimachinery util/rand/rand.go alphanums
const LETTERS: &[u8] = b"bcdfghjklmnpqrstvwxz2456789";

/// The hash of a template, as labels and names have it.
/// Source: controller/controller_utils.go ComputeHash; util/rand SafeEncodeString
pub fn hash(template: &Value) -> String {
    let sum = fnv32a(template.to_string().as_bytes()).to_string();
    sum.bytes().map(|digit| char::from(LETTERS[digit as usize % LETTERS.len()])).collect()
}

fn fnv32a(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |h, b| (h ^ u32::from(*b)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    #[test]
    fn a_template_has_one_hash_and_another_template_another() {
        let image = |image: &str| json!({"spec": {"containers": [{"image": image}]}});
        assert_eq!(hash(&image("a")), hash(&image("a")));
        assert_ne!(hash(&image("a")), hash(&image("b")));
        assert!(hash(&image("a")).bytes().all(|b| LETTERS.contains(&b)));
    }
}
