//! What a container is created from: command, environment, mounts, user. Pure.

use super::carry_volumes::{id_of, name_of, volumes};
use super::claims::{Backing, backing};
use super::downward::{amount, raw_container};
use super::env_file::EnvFile;
use super::environment::{EnvironmentInputs, environment};
use super::expansion::expand;
use super::objects::Objects;
use super::payload;
use super::pod_files;
use super::service::Kubelet;
use crate::api::container::VolumeMount;
use crate::api::quantity::Quantity;
use crate::api::{Container, EventType, Pod, Resources};
use crate::base::json::Value;
use crate::engine::cri::{CreateSpec, HOST_DISK, MountSpec, UserSpec};
use crate::engine::cx::Cx;
use crate::shell::Limits;
use crate::shell::images::{Reference, profile};

impl Kubelet {
    /// What container `c` is created from; the error is why it cannot be.
    /// Source: kuberuntime_container.go generateContainerConfig
    pub(super) fn container_config(
        &self,
        pod: &Pod,
        c: &Container,
        ip: &str,
        attempt: u32,
        files: &[EnvFile],
    ) -> Result<CreateSpec, String> {
        let inputs = EnvironmentInputs {
            pod,
            container: &c.name,
            ip,
            host_ip: &self.node_ip,
            node: &self.node_object.allocatable,
            objects: &self.objects,
            files,
        };
        let env = environment(&inputs)?;
        let mounts = mounts(&self.objects, pod, c, &env)?;
        refuse_root(pod, c)?;
        let path = pod.spec.path_of(&c.name);
        let words = |words: &[String]| -> Vec<String> {
            words.iter().map(|word| expand(word, &mut |name| value_of(&env, name))).collect()
        };
        Ok(CreateSpec {
            uid: pod.meta.uid.clone(),
            pod: pod.meta.name.clone(),
            container: c.name.clone(),
            attempt,
            image: c.image.clone(),
            command: words(&c.command),
            args: words(&c.args),
            cwd: c.working_dir.clone(),
            message_path: c.termination_message_path.clone(),
            message_from_log: c.termination_message_policy == "FallbackToLogsOnError",
            hosts: pod_files::hosts(pod, ip, &self.node, &self.node_ip),
            mounts,
            user: user(pod, &c.name),
            read_only_root: security(pod, &c.name, "readOnlyRootFilesystem") == true,
            stdin: ["stdin", "tty"].iter().any(|f| raw_container(&pod.spec, &c.name)[*f] == true),
            terminal: raw_container(&pod.spec, &c.name)["tty"] == true,
            limits: limits(pod, &c.resources),
            oom_score: super::oom_score::adjustment(pod, &c.name, self.memory()),
            fields: vec![format!("{path}.command"), format!("{path}.args")],
            behaviour: super::said::behaviour(pod, &c.name),
            ports: super::said::ports(c),
            env,
        })
    }

    /// Each sync looks for the secrets that the Pod pulls with.
    /// Source: kubelet.go SyncPod; kubelet_pods.go getPullSecretsForPod
    pub(super) fn tell_pull_secrets(&mut self, uid: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get(uid) else { return };
        let pod = w.pod.clone();
        let list = pod.spec.raw["imagePullSecrets"].as_array().into_iter().flatten();
        let names = list.filter_map(|secret| secret["name"].as_str());
        let home = pod.meta.home();
        let missing = names.filter(|name| self.objects.find("Secret", name, home).is_err());
        let missing: Vec<&str> = missing.collect();
        if missing.is_empty() {
            return;
        }
        let text = format!(
            "Unable to retrieve some image pull secrets ({}); attempting to pull the image may not \
             succeed.",
            missing.join(", ")
        );
        let reason = "FailedToRetrieveImagePullSecret";
        self.event(&pod, "", EventType::Warning, reason, &text, cx);
    }
}

fn value_of(env: &[(String, String)], name: &str) -> Option<String> {
    env.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone())
}

/// Source: kubelet_pods.go makeMounts
fn mounts(
    objects: &Objects,
    pod: &Pod,
    c: &Container,
    env: &[(String, String)],
) -> Result<Vec<MountSpec>, String> {
    let volume = |m: &VolumeMount| volumes(pod).find(|v| v["name"] == m.name.as_str());
    let known = c.volume_mounts.iter().filter_map(|m| Some((m, volume(m)?)));
    known.map(|(m, volume)| mount(objects, pod, m, volume, env)).collect()
}

fn mount(
    objects: &Objects,
    pod: &Pod,
    m: &VolumeMount,
    volume: &Value,
    env: &[(String, String)],
) -> Result<MountSpec, String> {
    let sub_path = match m.sub_path_expr.as_str() {
        "" => m.sub_path.clone(),
        text => expanded(text, env)?,
    };
    if sub_path.starts_with('/') {
        return Err(format!("error SubPath `{sub_path}` must not be an absolute path"));
    }
    if sub_path.split('/').any(|part| part == "..") {
        return Err(format!("unable to provision SubPath `{sub_path}`: must not contain '..'"));
    }
    let kind = volume.as_object().into_iter().flat_map(|map| map.keys()).find(|k| *k != "name");
    let kind = kind.map(String::as_str).unwrap_or_default();
    let (uid, name) = (&pod.meta.uid, name_of(volume));
    let source = format!("/var/lib/kubelet/pods/{uid}/volumes/{}/{name}", plugin(kind));
    let (id, sub_path, source) = match backing(objects, pod, volume)? {
        Backing::Host { path, .. } => (HOST_DISK.to_string(), format!("{path}/{sub_path}"), path),
        Backing::Network { id, .. } => (id, sub_path, source),
        Backing::Own => (id_of(pod, volume), sub_path, source),
    };
    let claim = volume["persistentVolumeClaim"]["readOnly"] == true;
    let read_only = m.read_only || claim || payload::KINDS.contains(&kind);
    Ok(MountSpec { path: m.mount_path.clone(), volume: id, sub_path, read_only, source })
}

/// The directory of a volume plugin on the node.
fn plugin(kind: &str) -> &'static str {
    match kind {
        "configMap" => "kubernetes.io~configmap",
        "secret" => "kubernetes.io~secret",
        "projected" => "kubernetes.io~projected",
        "downwardAPI" => "kubernetes.io~downward-api",
        "emptyDir" => "kubernetes.io~empty-dir",
        _ => "kubernetes.io~csi",
    }
}

/// Source: kubelet container/helpers.go ExpandContainerVolumeMounts
fn expanded(text: &str, env: &[(String, String)]) -> Result<String, String> {
    let mut missing: Vec<String> = Vec::new();
    let out = expand(text, &mut |name| {
        let value = value_of(env, name).filter(|value| !value.is_empty());
        missing.extend(value.is_none().then(|| name.to_string()));
        value
    });
    match missing.as_slice() {
        [] => Ok(out),
        names => Err(format!("missing value for {}", names.join(", "))),
    }
}

/// A field of the security context: the container's, or else the Pod's.
/// Source: securitycontext/util.go DetermineEffectiveSecurityContext
pub fn security<'a>(pod: &'a Pod, container: &str, field: &str) -> &'a Value {
    let own = &raw_container(&pod.spec, container)["securityContext"][field];
    if own.is_null() { &pod.spec.raw["securityContext"][field] } else { own }
}

/// Source: kuberuntime/security_context.go determineEffectiveSecurityContext
fn user(pod: &Pod, container: &str) -> UserSpec {
    let number = |value: &Value| value.as_u64().and_then(|n| u32::try_from(n).ok());
    let of_pod = &pod.spec.raw["securityContext"];
    let more = of_pod["supplementalGroups"].as_array().into_iter().flatten();
    UserSpec {
        uid: number(security(pod, container, "runAsUser")),
        gid: number(security(pod, container, "runAsGroup")),
        groups: more.filter_map(number).chain(number(&of_pod["fsGroup"])).collect(),
        strict: of_pod["supplementalGroupsPolicy"] == "Strict",
    }
}

/// An image that nothing is known of counts as root's.
/// Source: kuberuntime/security_context.go verifyRunAsNonRoot
fn refuse_root(pod: &Pod, c: &Container) -> Result<(), String> {
    if security(pod, &c.name, "runAsNonRoot") != true {
        return Ok(());
    }
    let user = profile(&Reference::parse(&c.image)).map_or("", |profile| profile.user);
    let why = match (security(pod, &c.name, "runAsUser").as_i64(), user) {
        (Some(0), _) => "container's runAsUser breaks non-root policy".to_string(),
        (Some(_), _) => return Ok(()),
        (None, "") => "container has runAsNonRoot and image will run as root".to_string(),
        (None, user) if user.bytes().all(|b| b.is_ascii_digit()) => return Ok(()),
        (None, user) => format!(
            "container has runAsNonRoot and image has non-numeric user ({user}), cannot verify \
             user is non-root"
        ),
    };
    let who = format!("{}_{}({})", pod.meta.name, pod.meta.namespace, pod.meta.uid);
    Err(format!("{why} (pod: {who:?}, container: {})", c.name))
}

/// What the container's cgroup is given.
/// Source: kuberuntime/kuberuntime_container_linux.go generateLinuxContainerResources
///
/// A container without a limit has its Pod's, if that has one.
fn limits(pod: &Pod, resources: &Resources) -> Limits {
    let of_pod = &pod.spec.raw["resources"]["limits"];
    let limit = |name: &str| resources.limit(name).or_else(|| amount(&of_pod[name]));
    let milli = |q: Quantity| u32::try_from(q.milli().max(1)).unwrap_or(u32::MAX);
    let bytes = |q: Quantity| u64::try_from(q.whole()).unwrap_or(0);
    Limits {
        memory: limit("memory").map(bytes).filter(|bytes| *bytes > 0),
        cpu: limit("cpu").map(milli),
        ..Limits::default()
    }
}
