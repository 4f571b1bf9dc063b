//! How many Pods each template of a Deployment gets: numbers in, numbers out.
//!
//! Source: controller/deployment/rolling.go, recreate.go, sync.go scale;
//! controller/deployment/util/deployment_util.go

use super::budget::share;
use crate::base::json::Value;

/// What a Deployment wants.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Want {
    /// Pods.
    pub replicas: i64,
    /// How many more there may be during a rollout.
    pub surge: i64,
    /// How many may be missing during a rollout.
    pub unavailable: i64,
}

impl Want {
    /// Reads a Deployment's spec. A surge is rounded up, what may be missing is rounded down; if
    /// both come to nothing, one may be missing.
    /// Source: deployment_util.go ResolveFenceposts, MaxSurge, MaxUnavailable
    pub fn read(spec: &Value) -> Self {
        let replicas = spec["replicas"].as_i64().unwrap_or(1);
        let rolling = &spec["strategy"]["rollingUpdate"];
        if spec["strategy"]["type"] != "RollingUpdate" {
            return Want { replicas, surge: 0, unavailable: 0 };
        }
        let surge = share(&rolling["maxSurge"], replicas, true);
        let unavailable = share(&rolling["maxUnavailable"], replicas, false);
        let unavailable = if surge == 0 && unavailable == 0 { 1 } else { unavailable };
        Want { replicas, surge, unavailable: unavailable.min(replicas) }
    }

    /// The most Pods that there may be.
    pub fn most(self) -> i64 {
        self.replicas + self.surge
    }

    /// The fewest available Pods that there may be.
    pub fn least(self) -> i64 {
        self.replicas - self.unavailable
    }
}

/// A ReplicaSet as its size is planned.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Size {
    /// What its spec asks for.
    pub replicas: i64,
    /// How many of its Pods are available.
    pub available: i64,
    /// The most Pods that its Deployment could have when it was sized last; 0: not known.
    pub most: i64,
}

fn sum(sizes: &[Size]) -> i64 {
    sizes.iter().map(|size| size.replicas).sum()
}

/// The size of the new template's set, `all` being the sum of all sets.
/// Source: deployment_util.go NewRSNewReplicas
pub fn plan_new(want: Want, new: i64, all: i64) -> i64 {
    match want.replicas {
        replicas if new >= replicas => replicas,
        _ if all >= want.most() => new,
        replicas => new + (want.most() - all).min(replicas - new),
    }
}

/// The sizes of the old templates' sets, oldest first: what is not available goes first, then as
/// many as the new set makes up for. Source: rolling.go reconcileOldReplicaSets
pub fn plan_old(want: Want, new: Size, old: &[Size]) -> Vec<i64> {
    let mut sizes: Vec<i64> = old.iter().map(|size| size.replicas).collect();
    let all = sum(old) + new.replicas;
    let most = all - want.least() - (new.replicas - new.available);
    if most <= 0 {
        return sizes;
    }
    let mut left = most;
    for (size, set) in sizes.iter_mut().zip(old) {
        let unhealthy = (set.replicas - set.available).clamp(0, left.max(0));
        *size -= unhealthy;
        left -= unhealthy;
    }
    let available: i64 = old.iter().map(|size| size.available).sum::<i64>() + new.available;
    let mut left = available - want.least();
    for size in &mut sizes {
        let less = (*size).min(left.max(0));
        *size -= less;
        left -= less;
    }
    sizes
}

/// Shares a change of `replicas` out among several sets, by their sizes; the first gets what is
/// left over. Sets stand largest first. `status` is the number of Pods there are.
/// Source: sync.go scale; deployment_util.go GetReplicaSetProportion, getReplicaSetFraction
pub fn plan_shares(want: Want, sets: &[Size], status: i64) -> Vec<i64> {
    let allowed = if want.replicas > 0 { want.most() } else { 0 };
    let add = allowed - sum(sets);
    let mut added = 0;
    let mut sizes = Vec::new();
    for set in sets {
        let part = match (set.replicas, add) {
            (0, _) | (_, 0) => 0,
            _ if add == added => 0,
            _ => {
                let fraction = fraction(want, *set, status);
                let rest = add - added;
                if add > 0 { fraction.min(rest) } else { fraction.max(rest) }
            }
        };
        added += part;
        sizes.push(set.replicas + part);
    }
    if let Some(first) = sizes.first_mut() {
        *first = (*first + add - added).max(0);
    }
    sizes
}

fn fraction(want: Want, set: Size, status: i64) -> i64 {
    if want.replicas == 0 {
        return -set.replicas;
    }
    let before = if set.most > 0 { set.most } else { status.max(1) };
    // Rounded half up, as the Go function does with a float.
    (2 * set.replicas * want.most() + before) / (2 * before) - set.replicas
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    fn want(replicas: i64, surge: i64, unavailable: i64) -> Want {
        Want { replicas, surge, unavailable }
    }

    fn size(replicas: i64, available: i64) -> Size {
        Size { replicas, available, most: 0 }
    }

    #[test]
    fn shares_are_rounded_as_upstream() {
        let read = |replicas: i64, surge: Value, unavailable: Value| {
            let rolling = json!({"maxSurge": surge, "maxUnavailable": unavailable});
            let strategy = json!({"type": "RollingUpdate", "rollingUpdate": rolling});
            let got = Want::read(&json!({"replicas": replicas, "strategy": strategy}));
            (got.surge, got.unavailable)
        };
        assert_eq!(read(3, "25%".into(), "25%".into()), (1, 0));
        assert_eq!(read(10, "25%".into(), "25%".into()), (3, 2));
        assert_eq!(read(1, 0.into(), "25%".into()), (0, 1));
        assert_eq!(read(2, 1.into(), 5.into()), (1, 2));
    }

    /// Source: rolling_test.go TestDeploymentController_reconcileNewReplicaSet
    #[test]
    fn the_new_set_grows_within_the_surge() {
        for (replicas, surge, new, old, size) in [
            (10, 0, 0, 10, 0),
            (10, 2, 0, 10, 2),
            (10, 2, 0, 5, 7),
            (10, 2, 0, 5, 7),
            (10, 0, 2, 10, 2),
        ] {
            assert_eq!(plan_new(want(replicas, surge, 0), new, new + old), size, "{surge} {new}");
        }
        assert_eq!(plan_new(want(10, 0, 0), 15, 15), 10);
    }

    /// Source: rolling_test.go TestDeploymentController_reconcileOldReplicaSets
    #[test]
    fn old_sets_shrink_as_the_new_one_makes_up_for_them() {
        for (replicas, unavailable, old, new, ready_old, ready_new, expected) in [
            (10, 0, 10, 0, 10, 0, 10),
            (10, 2, 10, 0, 10, 0, 8),
            (10, 2, 10, 0, 8, 0, 8),
            (10, 2, 10, 0, 9, 0, 8),
            (10, 2, 8, 2, 8, 0, 8),
            (10, 0, 3, 1, 3, 1, 3),
        ] {
            let got = plan_old(
                want(replicas, 0, unavailable),
                size(new, ready_new),
                &[size(old, ready_old)],
            );
            assert_eq!(got, [expected], "{replicas} {unavailable} {old} {new}");
        }
        // A rollout of three with a surge of one, its new Pod not ready, then ready.
        assert_eq!(plan_old(want(3, 1, 0), size(1, 0), &[size(3, 3)]), [3]);
        assert_eq!(plan_old(want(3, 1, 0), size(1, 1), &[size(3, 3)]), [2]);
        // Pods of a bad template go before good ones.
        assert_eq!(plan_old(want(3, 1, 1), size(1, 0), &[size(2, 2), size(1, 0)]), [2, 0]);
    }

    /// Source: sync_test.go TestScale
    #[test]
    fn a_change_of_size_is_shared_out() {
        let set = |replicas: i64, most: i64| Size { replicas, available: 0, most };
        assert_eq!(plan_shares(want(12, 0, 0), &[set(5, 10), set(5, 10)], 10), [6, 6]);
        assert_eq!(
            plan_shares(want(20, 0, 0), &[set(5, 10), set(3, 10), set(2, 10)], 10),
            [10, 6, 4]
        );
        assert_eq!(
            plan_shares(want(5, 0, 0), &[set(5, 10), set(3, 10), set(2, 10)], 10),
            [2, 2, 1]
        );
        assert_eq!(plan_shares(want(0, 0, 0), &[set(7, 10), set(3, 10)], 10), [0, 0]);
    }
}
