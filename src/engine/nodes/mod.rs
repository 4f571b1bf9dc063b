//! The parts of kube-controller-manager that look after nodes: the node lifecycle controller, which
//! notices that one is silent and taints it, and the garbage collector of Pods.
//!
//! Both look again and again, every 5 and every 20 seconds. Looks that would find nothing are not
//! simulated: the moments are kept, and one is run only when there is something to find. In the
//! same way a lease that is renewed in time is not simulated; what comes is that it is not.
//!
//! Reading order: [`plan`] (pure decisions), [`zone`] (how fast nodes are tainted), [`service`]
//! (the controller), [`gc`] (the garbage collector).

pub mod gc;
pub mod plan;
mod service;
pub mod zone;

pub use service::{NodeTimer, Nodes};
