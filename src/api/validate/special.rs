//! The functions that the table calls by name.

use crate::base::json::Value;

use super::errors::Errors;
use super::{apps, config, containers, env, mounts, node, pod, probe, quota, resources};
use super::{scheduling, security, service, service_spec, volume};

/// A function that validates the value at the present place.
pub(super) type Special = for<'v> fn(&mut Errors<'v>, &'v Value);

/// The functions by their names, in order.
const SPECIALS: &[(&str, Special)] = &[
    ("absolute", volume::absolute),
    ("affinity-config", service_spec::affinity_config),
    ("annotations", super::metadata::annotations),
    ("apparmor", security::apparmor),
    ("at-most-all", apps::at_most_all),
    ("claim", resources::pod_claim),
    ("cluster-ips", service_spec::cluster_ips),
    ("config-keys", config::keys),
    ("containers", containers::regular),
    ("devices", mounts::devices),
    ("divisor", env::divisor),
    ("dns", pod::dns),
    ("downward-file", volume::downward_file),
    ("downward-items", volume::downward_items),
    ("env-from", env::sources),
    ("ephemeral-containers", containers::ephemeral),
    ("escalation", security::escalation),
    ("expression", scheduling::expression),
    ("external-ip", service_spec::external_ip),
    ("field-of-variable", env::field_of_variable),
    ("file-keys", env::file_keys),
    ("gate", scheduling::gate),
    ("headers", probe::headers),
    ("hook", probe::hook),
    ("host-network", containers::host_network),
    ("host-path-type", volume::host_path_type),
    ("host-users", security::host_users),
    ("hostname", pod::hostname),
    ("init-containers", containers::init),
    ("int-or-percent", apps::int_or_percent),
    ("label-keys", scheduling::label_keys),
    ("labels", super::metadata::labels),
    ("load-balancer", service_spec::load_balancer),
    ("min-domains", scheduling::min_domains),
    ("mode", volume::mode),
    ("mounts", mounts::mounts),
    ("must-be-1", probe::must_be_1),
    ("namespaces", scheduling::namespaces),
    ("node-expression", scheduling::node_expression),
    ("node-field", scheduling::node_field),
    ("node-ports", service::node_ports),
    ("not-empty", super::metadata::not_empty),
    ("one-budget", apps::one_budget),
    ("os", pod::os),
    ("overhead", resources::overhead),
    ("pod-resources", resources::pod),
    ("port", probe::port),
    ("positive", scheduling::positive),
    ("probe", probe::probe),
    ("process-namespace", security::process_namespace),
    ("progress-deadline", apps::progress_deadline),
    ("projections", volume::projections),
    ("quota-amounts", quota::amounts),
    ("quota-scopes", quota::scopes),
    ("resize", resources::resize),
    ("resource-name", env::resource_name),
    ("resources", resources::container),
    ("restart-rules", containers::restart_rules),
    ("rolling-update", apps::rolling_update),
    ("scope-selector", quota::scope_selector),
    ("seccomp", security::seccomp),
    ("service-ports", service::ports),
    ("service-shape", service::shape),
    ("size-limit", volume::size_limit),
    ("strategy", apps::strategy),
    ("taint-value", node::taint_value),
    ("taints", node::taints),
    ("template", apps::template),
    ("template-spec", pod::template_spec),
    ("token-seconds", volume::token_seconds),
    ("toleration", scheduling::toleration),
    ("traffic", service_spec::traffic),
    ("unmasked", security::unmasked),
    ("value-from", env::value_from),
    ("volumes", volume::volumes),
    ("weight", scheduling::weight),
    ("workload-selector", apps::selector),
];

/// The function called `name`.
pub(super) fn special(name: &str) -> Option<Special> {
    let at = SPECIALS.binary_search_by_key(&name, |(name, _)| name).ok()?;
    Some(SPECIALS[at].1)
}
