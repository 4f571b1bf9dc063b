//! The fragment of a link: `#v1.` and the deflated payload in base64url.
//!
//! The page deflates with the browser's own streams; the command line with a crate.

#[cfg(feature = "cli")]
use super::share::Shared;
use crate::base::base64;

/// What a fragment of this version begins with.
const VERSION: &str = "v1.";
/// A longer fragment is not read.
const FRAGMENT_MAX: usize = 128 * 1024;

/// The fragment for a deflated payload, without `#`.
pub fn fragment(deflated: &[u8]) -> String {
    VERSION.to_string() + &base64::encode_url(deflated)
}

/// The deflated payload of a fragment; `None` if it is none of ours, of another version, or too
/// long.
pub fn deflated(fragment: &str) -> Option<Vec<u8>> {
    let fragment = fragment.trim_start_matches('#');
    let text = fragment.strip_prefix(VERSION).filter(|text| text.len() <= FRAGMENT_MAX)?;
    base64::decode_url(text)
}

/// The fragment that opens this run.
#[cfg(feature = "cli")]
pub fn of(shared: &Shared) -> String {
    fragment(&miniz_oxide::deflate::compress_to_vec(shared.write().as_bytes(), 9))
}

/// The run that a fragment holds; `None` if it holds none.
#[cfg(feature = "cli")]
pub fn read(text: &str) -> Option<Shared> {
    let inflated = miniz_oxide::inflate::decompress_to_vec_with_limit(
        &deflated(text)?,
        super::share::PAYLOAD_MAX,
    );
    Shared::read(std::str::from_utf8(&inflated.ok()?).ok()?)
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;
    use crate::session::Session;

    #[test]
    fn a_link_opens_the_run_that_it_was_made_of() {
        let shared = Session::new().shared();
        let link = of(&shared);
        assert!(link.starts_with("v1.") && link.len() < 700, "{}", link.len());
        assert_eq!(read(&format!("#{link}")), Some(shared));
    }

    #[test]
    fn a_link_that_was_tampered_with_opens_nothing() {
        let link = of(&Session::new().shared());
        let bomb = fragment(&miniz_oxide::deflate::compress_to_vec(&vec![b' '; 4_000_000], 9));
        for bad in ["", "v2.AAAA", "v1.", "v1.%%%", &link[..link.len() - 9], &bomb] {
            assert_eq!(read(bad), None, "{}", &bad[..bad.len().min(40)]);
        }
    }
}
