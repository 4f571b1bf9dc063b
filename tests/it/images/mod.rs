//! Images, their programs and what Pods say of them.

mod documentation;
mod findings;
mod profiles;
mod servers;
