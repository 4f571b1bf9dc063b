//! Claims, volumes and classes of storage.

use super::events::of_kind;
use super::text::Text;
use super::volume;
use crate::api::print::cells::{modes, printed_bool};
use crate::api::print::values::{at, go, is_set, items, join, quantity, since};
use crate::base::json::Value;
use crate::base::sort;

/// Source: kubectl describe/describe.go printPersistentVolumeClaim
pub fn claim(text: &mut Text, claim: &Value, full: bool) {
    let (spec, status) = (&claim["spec"], &claim["status"]);
    if full {
        text.fill("Name:\t{metadata.name}\nNamespace:\t{metadata.namespace}\n", claim);
    }
    text.fill("StorageClass:\t{spec.storageClassName}\n", claim);
    if full {
        phase(text, claim);
    }
    text.fill("Volume:\t{spec.volumeName}\n", claim);
    text.marks(claim);
    if full {
        text.fill("Finalizers:\t{metadata.finalizers?[]}\n", claim);
    }
    let (capacity, access) = match is_set(&spec["volumeName"]) {
        true => (quantity(at(status, "capacity.storage")), modes(&status["accessModes"])),
        false => (String::new(), String::new()),
    };
    text.put(&["Capacity:\t", &capacity, "\nAccess Modes:\t", &access, "\n"]);
    text.fill(
        "~volumeMode~VolumeMode:\t{volumeMode}\n~dataSource~DataSource:\n\
         ~dataSource.apiGroup~  APIGroup:\t{dataSource.apiGroup}\n\
         ~dataSource~  Kind:\t{dataSource.kind}\n~dataSource~  Name:\t{dataSource.name}\n",
        spec,
    );
}

fn phase(text: &mut Text, object: &Value) {
    let deleted = at(object, "metadata.deletionTimestamp");
    match is_set(deleted) {
        true => {
            let lasts = since(deleted, text.now);
            text.put(&["Status:\tTerminating (lasts ", &lasts, ")\n"]);
        }
        false => text.fill("Status:\t{status.phase}\n", object),
    }
}

/// Source: describePersistentVolumeClaim
pub fn persistent_claim(text: &mut Text, object: &Value, all: &[Value]) {
    claim(text, object, true);
    let name = &object["metadata"]["name"];
    let uses = |pod: &&Value| {
        items(&pod["spec"]["volumes"]).any(|v| v["persistentVolumeClaim"]["claimName"] == *name)
    };
    let pods = of_kind("Pod", all).filter(uses);
    let mut pods: Vec<String> = pods.map(|pod| go(at(pod, "metadata.name"))).collect();
    sort(&mut pods);
    text.list("Used By", &pods);
    let conditions = &object["status"]["conditions"];
    if is_set(conditions) {
        text.put(&[
            "Conditions:\n  Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage\n",
        ]);
        text.put(&["  ----\t------\t-----------------\t------------------\t------\t-------\n"]);
    }
    for condition in items(conditions) {
        let template = "  {type} \t{status} \t{#lastProbeTime} \t{#lastTransitionTime} \t{reason} \
                        \t{message}\n";
        text.fill(template, condition);
    }
}

/// Source: describePersistentVolume
pub fn persistent_volume(text: &mut Text, object: &Value) {
    let spec = &object["spec"];
    text.fill("Name:\t{metadata.name}\n", object);
    text.marks(object);
    text.fill(
        "Finalizers:\t{metadata.finalizers?[]}\nStorageClass:\t{spec.storageClassName}\n",
        object,
    );
    phase(text, object);
    match is_set(&spec["claimRef"]) {
        true => text.fill("Claim:\t{claimRef.namespace}/{claimRef.name}\n", spec),
        false => text.put(&["Claim:\t\n"]),
    }
    text.fill("Reclaim Policy:\t{persistentVolumeReclaimPolicy}\n", spec);
    text.put(&["Access Modes:\t", &modes(&spec["accessModes"]), "\n"]);
    text.fill("~volumeMode~VolumeMode:\t{volumeMode}\nCapacity:\t{%capacity.storage}\n", spec);
    affinity(text, at(spec, "nodeAffinity.required"));
    text.fill("Message:\t{status.message}\nSource:\n", object);
    volume::persistent(text, spec);
}

/// Source: printVolumeNodeAffinity
fn affinity(text: &mut Text, required: &Value) {
    if required.is_null() {
        return text.put(&["Node Affinity:\t<none>\n"]);
    }
    let terms = &required["nodeSelectorTerms"];
    let none = if is_set(terms) { "\n" } else { "<none>\n" };
    text.put(&["Node Affinity:\t\n  Required Terms:\t", none]);
    for (nth, term) in items(terms).enumerate() {
        let wish = |w: &Value| {
            let (key, operator) = (go(&w["key"]), go(&w["operator"]).to_ascii_lowercase());
            match is_set(&w["values"]) {
                true => [&key, " ", &operator, " [", &join(&w["values"], ", "), "]"].concat(),
                false => [&key, " ", &operator].concat(),
            }
        };
        let lines: Vec<String> = items(&term["matchExpressions"]).map(wish).collect();
        text.put(&["    Term ", &nth.to_string(), ":\t"]);
        text.put(&[&lines.join("\n    \t"), if lines.is_empty() { "<none>\n" } else { "\n" }]);
    }
}

/// Source: describeStorageClass
pub fn storage_class(text: &mut Text, class: &Value) {
    let is_default =
        at(class, "metadata.annotations")["storageclass.kubernetes.io/is-default-class"] == "true";
    text.fill("Name:\t{metadata.name}\n", class);
    text.put(&["IsDefaultClass:\t", if is_default { "Yes\n" } else { "No\n" }]);
    text.fill(
        "Annotations:\t{&metadata.annotations}\nProvisioner:\t{provisioner}\n\
         Parameters:\t{&parameters}\n",
        class,
    );
    text.put(&["AllowVolumeExpansion:\t", &printed_bool(&class["allowVolumeExpansion"]), "\n"]);
    let options = &class["mountOptions"];
    text.put(&["MountOptions:", if is_set(options) { "\n" } else { "\t<none>\n" }]);
    items(options).for_each(|option| text.put(&["  ", &go(option), "\n"]));
    text.fill(
        "~reclaimPolicy~ReclaimPolicy:\t{reclaimPolicy}\n\
         ~volumeBindingMode~VolumeBindingMode:\t{volumeBindingMode}\n",
        class,
    );
}
