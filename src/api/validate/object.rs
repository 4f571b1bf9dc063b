//! The one door: an object of any kind is validated by its kind.

use serde_json::Value;

use super::FieldError;
use super::errors::Errors;
use super::{metadata, pod, service};

/// What the API server refuses in `object`, its defaults filled in, in upstream's order.
///
/// A field of a wrong type counts as not set: decoding has refused it before. Kinds without
/// validation of their own are held to the rules of their metadata.
pub fn object(object: &Value) -> Vec<FieldError> {
    let mut errors = Errors::default();
    match object["kind"].as_str() {
        Some("Pod") => pod::pod(&mut errors, object),
        Some("Service") => service::service(&mut errors, object),
        Some("Namespace") => metadata::metadata(&mut errors, object, super::names::dns_label),
        Some(_) => metadata::metadata(&mut errors, object, super::names::dns_subdomain),
        None => {}
    }
    errors.done()
}
