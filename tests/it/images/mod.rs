//! Images, their programs and what Pods say of them.

mod findings;
mod profiles;
mod servers;
