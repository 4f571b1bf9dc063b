//! What the cluster has, for completion.

use crate::base::json::Value;
use crate::course::kubectl::complete::Known;
use crate::engine::World;
use crate::session::Session;

impl Session {
    /// How the word at the end of `line` can go on, as a shell's Tab tells it.
    pub fn complete(&self, line: &str) -> Vec<String> {
        crate::course::kubectl::complete::complete(line, &At(self.world()))
    }
}

struct At<'a>(&'a World);

impl Known for At<'_> {
    fn names(&self, kind: &str) -> Vec<String> {
        let objects = self.0.objects();
        let of_kind = objects.iter().filter(|object| object["kind"] == kind);
        of_kind
            .filter_map(|object| object["metadata"]["name"].as_str().map(str::to_string))
            .collect()
    }

    fn containers(&self, pod: &str) -> Vec<String> {
        let Some(pod) = self.0.api.pod(pod).map(|pod| pod.to_json()) else { return Vec::new() };
        let lists = ["containers", "initContainers", "ephemeralContainers"];
        let all = lists.iter().filter_map(|list| pod["spec"][*list].as_array()).flatten();
        all.filter_map(|c: &Value| c["name"].as_str().map(str::to_string)).collect()
    }
}
