//! The rule table: what each rule is called, reads, and where upstream has it.
//!
//! `{c}` in a field stands for the path of the container that a record is about, `{probe}` for
//! the probe's field.

use super::info::{RuleInfo, rules};

rules! {
    ApiCreated = "api.created" ["kind" "name"]
        reads []
        from "apiserver endpoints/handlers/create.go createHandler; pod/strategy.go PrepareForCreate"
        shown "live-exec-classic";
    ApiUpdated = "api.updated" ["name"]
        reads []
        from "pod/strategy.go PrepareForUpdate"
        shown "image-fixed-later";
    ApiStatusFromOutside = "api.status-from-outside" ["name"]
        reads ["spec.readinessGates"]
        from "pod/strategy.go podStatusStrategy.PrepareForUpdate"
        shown "gate-flip";
    StatusReconciled = "status.reconciled" []
        reads []
        from "kubelet/status/status_manager.go needsReconcile, syncBatch"
        shown "gate-flip";
    ApiDebugger = "api.debugger-added" ["name"]
        reads []
        from "pod/strategy.go podEphemeralContainersStrategy"
        shown "-";
    ApiRefused = "api.refused" ["kind" "name" "reason"]
        reads []
        from "apiserver endpoints/handlers"
        shown "deploy-quota-stuck";
    ApiGracefulDelete = "api.graceful-delete" ["grace"]
        reads ["spec.terminationGracePeriodSeconds"]
        from "pod/strategy.go CheckGracefulDelete; registry/rest/delete.go BeforeDelete"
        shown "del-spec-grace-10";
    ApiShorterGrace = "api.shorter-grace" ["grace" "before"]
        reads []
        from "registry/rest/delete.go BeforeDelete"
        shown "-";
    ApiDeleteAgain = "api.delete-again" ["grace"]
        reads []
        from "registry/rest/delete.go BeforeDelete"
        shown "-";
    ApiDeleteAtOnce = "api.delete-at-once" ["why"]
        reads []
        from "pod/strategy.go CheckGracefulDelete; generic/registry/store.go Delete"
        shown "del-force";
    ApiRemoved = "api.removed" ["name"]
        reads []
        from "generic/registry/store.go deleteWithoutFinalizers"
        shown "del-trap-slow";
    SchedulerBound = "scheduler.bound" ["node" "fitting"]
        reads ["spec.nodeName"]
        from "scheduler/schedule_one.go"
        shown "live-exec-classic";
    SchedulerUnschedulable = "scheduler.unschedulable" ["message"]
        reads ["spec.nodeSelector" "spec.volumes"]
        from "scheduler/schedule_one.go handleSchedulingFailure"
        shown "sched-selector-then-label";
    SchedulerGated = "scheduler.gated" ["gates"]
        reads ["spec.schedulingGates"]
        from "scheduler framework/plugins/schedulinggates PreEnqueue"
        shown "-";
    SchedulerAgain = "scheduler.again" ["because"]
        reads []
        from "scheduler backend/queue/scheduling_queue.go; the plugins' EventsToRegister"
        shown "sched-selector-then-label";
    SchedulerPreempts = "scheduler.preempts" ["victims" "node"]
        reads ["spec.priorityClassName" "spec.preemptionPolicy"]
        from "scheduler framework/preemption/preemption.go; plugins/defaultpreemption"
        shown "-";
    SchedulerStopped = "scheduler.stopped" []
        reads []
        from "-"
        shown "-";
    SchedulerStarted = "scheduler.started" []
        reads []
        from "kube-scheduler app/server.go Run; scheduler/eventhandlers.go WaitForHandlersSync"
        shown "-";
    PhasePending = "phase.pending" ["waiting"]
        reads []
        from "kubelet/kubelet_pods.go getPhase"
        shown "live-exec-classic";
    PhaseRunning = "phase.running" ["running"]
        reads []
        from "kubelet/kubelet_pods.go getPhase"
        shown "live-exec-classic";
    PhaseSucceeded = "phase.succeeded" ["containers"]
        reads ["spec.restartPolicy"]
        from "kubelet/kubelet_pods.go getPhase"
        shown "rp-never-exit0";
    PhaseFailed = "phase.failed" ["failed"]
        reads ["spec.restartPolicy"]
        from "kubelet/kubelet_pods.go getPhase"
        shown "rp-never-exit3";
    TaintTolerated = "taint.tolerated" ["tolerated"]
        reads ["spec.tolerations"]
        from "controller/tainteviction/taint_eviction.go processPodOnNode"
        shown "taint-noexecute-toleration";
    TaintEvicts = "taint.evicts" ["node"]
        reads ["spec.tolerations"]
        from "controller/tainteviction/taint_eviction.go deletePodHandler"
        shown "taint-noexecute-toleration";
    NodeUnknown = "node.unknown" ["node" "silent"]
        reads []
        from "controller/nodelifecycle/node_lifecycle_controller.go tryUpdateNodeHealth"
        shown "node-partition-20s";
    NodePodNotReady = "node.pod-not-ready" ["node"]
        reads []
        from "controller/util/node/controller_utils.go MarkPodsNotReady"
        shown "node-partition-20s";
    NodeTainted = "node.tainted" ["node" "taint"]
        reads []
        from "controller/nodelifecycle/node_lifecycle_controller.go doNoExecuteTaintingPass"
        shown "node-partition-20s";
    NodeTaintWaits = "node.taint-waits" ["node"]
        reads []
        from "controller/nodelifecycle/scheduler/rate_limited_queue.go Try"
        shown "-";
    NodeCleared = "node.cleared" ["node"]
        reads []
        from "controller/nodelifecycle/node_lifecycle_controller.go markNodeAsReachable"
        shown "node-partition-20s";
    NodeAllLost = "node.all-lost" ["nodes"]
        reads []
        from "controller/nodelifecycle/node_lifecycle_controller.go handleDisruption"
        shown "-";
    NodeRuntimeDown = "node.runtime-down" ["node"]
        reads []
        from "kubelet/runtime.go runtimeErrors; kubelet/nodestatus/setters.go ReadyCondition"
        shown "-";
    NodeCutOff = "node.cut-off" ["node"]
        reads []
        from "-"
        shown "node-partition-20s";
    NodeReconnected = "node.reconnected" ["node"]
        reads []
        from "-"
        shown "node-partition-20s";
    NodePowerLost = "node.power-lost" ["node"]
        reads []
        from "-"
        shown "-";
    NodeBooted = "node.booted" ["node"]
        reads []
        from "containerd internal/cri/server/restart.go loadContainer"
        shown "-";
    KubeletStopped = "kubelet.stopped" ["node"]
        reads []
        from "-"
        shown "-";
    KubeletStarted = "kubelet.started" ["node"]
        reads []
        from "kubelet/kubelet.go Run; prober/prober_manager.go isContainerStarted"
        shown "-";
    RuntimeStopped = "runtime.stopped" ["node"]
        reads []
        from "-"
        shown "-";
    RuntimeStarted = "runtime.started" ["node"]
        reads []
        from "containerd internal/cri/server/restart.go loadContainer"
        shown "-";
    SandboxChanged = "sandbox.changed" []
        reads []
        from "kuberuntime/util/util.go PodSandboxChanged; kuberuntime_manager.go SyncPod"
        shown "-";
    GcQuarantine = "gc.quarantine" ["node" "wait"]
        reads ["spec.nodeName"]
        from "controller/podgc/gc_controller.go gcOrphaned"
        shown "-";
    GcOrphaned = "gc.orphaned" ["node"]
        reads ["spec.nodeName"]
        from "controller/podgc/gc_controller.go gcOrphaned"
        shown "-";
    GcTerminated = "gc.terminated" ["most"]
        reads []
        from "controller/podgc/gc_controller.go gcTerminated"
        shown "-";
    GcOutOfService = "gc.out-of-service" ["node"]
        reads []
        from "controller/podgc/gc_controller.go gcTerminating"
        shown "-";
    GcUnscheduled = "gc.unscheduled" []
        reads []
        from "controller/podgc/gc_controller.go gcUnscheduledTerminating"
        shown "-";
    AdmissionRejected = "admission.rejected" ["reason" "message"]
        reads ["resources" "spec.nodeName"]
        from "kubelet/lifecycle/predicate.go Admit"
        shown "nodename-outofcpu";
    RestartAll = "restart.all" ["container" "code"]
        reads ["restartPolicyRules"]
        from "kuberuntime/kuberuntime_manager.go getContainersToReset"
        shown "-";
    PodDeadline = "pod.deadline" ["deadline"]
        reads ["spec.activeDeadlineSeconds"]
        from "kubelet/active_deadline.go ShouldSync, ShouldEvict"
        shown "deadline-10";
    PhaseUnknown = "phase.unknown" []
        reads []
        from "core/v1/types.go PodUnknown"
        shown "-";
    PhaseWithheld = "phase.withheld" ["phase"]
        reads []
        from "kubelet/status/status_manager.go mergePodStatus"
        shown "rp-never-exit0";
    StatusOneBehind = "status.one-behind" ["container" "reason"]
        reads []
        from "kubelet/kubelet.go SyncPod; kubelet/kubelet_pods.go convertToAPIContainerStatuses"
        shown "rp-always-exit1-long";
    ReadyTrue = "ready.true" ["pod"]
        reads []
        from "kubelet/status/generate.go GeneratePodReadyCondition"
        shown "live-exec-classic";
    ReadyFalse = "ready.false" ["pod" "why"]
        reads []
        from "kubelet/status/generate.go GeneratePodReadyCondition"
        shown "live-exec-trap";
    SandboxReady = "sandbox.ready" ["ip"]
        reads []
        from "kubelet/kubelet.go OnPodSandboxReady; kuberuntime/kuberuntime_manager.go SyncPod"
        shown "live-exec-classic";
    SandboxFailed = "sandbox.failed" ["error"]
        reads ["metadata.annotations"]
        from "containerd internal/cri/bandwidth/utils.go; kuberuntime_manager.go SyncPod"
        shown "-";
    SandboxBandwidth = "sandbox.bandwidth" ["ingress" "egress"]
        reads ["metadata.annotations"]
        from "containerd internal/cri/server/sandbox_run.go toCNIBandWidth"
        shown "-";
    SandboxHostNetwork = "sandbox.host-network" []
        reads ["spec.hostNetwork"]
        from "kubelet kuberuntime/util NamespacesForPod"
        shown "-";
    SandboxHostIpc = "sandbox.host-ipc" []
        reads ["spec.hostIPC"]
        from "kubelet kuberuntime/util NamespacesForPod"
        shown "-";
    SandboxStopped = "sandbox.stopped" []
        reads []
        from "kubelet/kubelet.go SyncTerminatingPod"
        shown "del-trap-slow";
    ImagePresent = "image.present" ["image" "policy"]
        reads ["{c}.image" "{c}.imagePullPolicy"]
        from "kubelet/images/image_manager.go EnsureImageExists"
        shown "live-exec-trap";
    ImagePull = "image.pull" ["image" "policy"]
        reads ["{c}.image" "{c}.imagePullPolicy"]
        from "kubelet/images/image_manager.go EnsureImageExists"
        shown "live-exec-classic";
    ImagePulled = "image.pulled" ["image" "took"]
        reads ["{c}.image"]
        from "kubelet/images/image_manager.go pullImage"
        shown "live-exec-classic";
    ImageFailed = "image.failed" ["image" "error"]
        reads ["{c}.image"]
        from "kubelet/images/image_manager.go pullImage"
        shown "image-not-found";
    ImageBackoff = "image.backoff" ["image" "wait"]
        reads ["{c}.image"]
        from "kubelet/images/image_manager.go pullImage"
        shown "image-not-found";
    ContainerCreated = "container.created" ["attempt"]
        reads ["{c}"]
        from "kuberuntime/kuberuntime_container.go startContainer"
        shown "live-exec-classic";
    ContainerStarted = "container.started" ["command" "restarts"]
        reads ["{c}.command" "{c}.args"]
        from "kuberuntime/kuberuntime_container.go startContainer"
        shown "live-exec-classic";
    ContainerStartFailed = "container.start-failed" ["error"]
        reads ["{c}.command"]
        from "containerd internal/cri/server/container_start.go"
        shown "rp-never-command-not-found";
    ContainerExited = "container.exited" ["code" "reason" "ran"]
        reads ["{c}.command" "{c}.args"]
        from "containerd internal/cri/server/events.go"
        shown "rp-never-exit3";
    ContainerOom = "container.oom-killed" ["limit" "process" "killed"]
        reads ["{c}.resources.limits.memory"]
        from "Linux mm/oom_kill.c oom_kill_process; kubelet singleProcessOOMKill (memory.oom.group)"
        shown "oom-killed";
    ContainerThrottled = "container.throttled" ["wanted" "given"]
        reads ["{c}.resources.limits.cpu"]
        from "kubelet cm/helpers_linux.go MilliCPUToQuota (cpu.max)"
        shown "-";
    ProcessShared = "process.shared-namespace" ["pid"]
        reads ["spec.shareProcessNamespace"]
        from "kubelet kuberuntime/util NamespacesForPod"
        shown "del-share-pid";
    ProcessHost = "process.host-namespace" ["pid"]
        reads ["spec.hostPID"]
        from "kubelet kuberuntime/util NamespacesForPod"
        shown "-";
    ProcessZombie = "process.zombie" ["process" "parent"]
        reads ["{c}.command" "{c}.args" "spec.shareProcessNamespace"]
        from "Linux kernel/exit.c exit_notify"
        shown "-";
    ProcessReaped = "process.reaped" ["process" "init"]
        reads ["{c}.command" "{c}.args" "spec.shareProcessNamespace"]
        from "Linux kernel/exit.c wait_task_zombie; build/pause/linux/pause.c sigreap"
        shown "-";
    ProcessHeldBack = "process.output-held-back" ["process"]
        reads ["{c}.command" "{c}.args" "{c}.tty"]
        from "C17 7.21.3; busybox grep, sed, cut, head"
        shown "-";
    ContainerChanged = "container.definition-changed" ["container"]
        reads ["{c}.image"]
        from "kuberuntime/kuberuntime_manager.go computePodActions"
        shown "-";
    PlegNoticed = "pleg.noticed" ["what" "lag"]
        reads []
        from "kubelet/pleg/generic.go Relist"
        shown "rp-always-exit0";
    RestartYes = "restart.yes" ["policy" "code"]
        reads ["spec.restartPolicy"]
        from "kubelet/container/helpers.go ShouldContainerBeRestarted"
        shown "rp-always-exit0";
    RestartNo = "restart.no" ["policy" "code"]
        reads ["spec.restartPolicy"]
        from "kubelet/container/helpers.go ShouldContainerBeRestarted"
        shown "rp-never-exit3";
    BackoffFirst = "backoff.first-at-once" ["container"]
        reads []
        from "kuberuntime/kuberuntime_manager.go doBackOff; client-go flowcontrol/backoff.go"
        shown "rp-always-exit1-long";
    BackoffWait = "backoff.wait" ["delay" "left"]
        reads ["spec.restartPolicy"]
        from "kuberuntime/kuberuntime_manager.go doBackOff"
        shown "rp-always-exit1-long";
    BackoffOver = "backoff.over" ["delay" "next"]
        reads []
        from "kuberuntime/kuberuntime_manager.go doBackOff; kubelet/pod_workers.go completeWork"
        shown "rp-always-exit1-long";
    BackoffReset = "backoff.reset" ["ran"]
        reads []
        from "client-go util/flowcontrol/backoff.go hasExpired"
        shown "-";
    ProbeSuccess = "probe.success" ["kind" "run" "threshold"]
        reads ["{c}.{probe}"]
        from "kubelet/prober/worker.go doProbe"
        shown "live-exec-classic";
    ProbeFailure = "probe.failure" ["kind" "run" "threshold" "output"]
        reads ["{c}.{probe}" "{c}.{probe}.failureThreshold"]
        from "kubelet/prober/worker.go doProbe"
        shown "live-exec-classic";
    ProbeInitialDelay = "probe.initial-delay" ["kind" "delay"]
        reads ["{c}.{probe}.initialDelaySeconds"]
        from "kubelet/prober/worker.go doProbe"
        shown "live-probe-grace";
    ProbeWaitsForStartup = "probe.waits-for-startup" ["kind"]
        reads ["{c}.startupProbe"]
        from "kubelet/prober/worker.go doProbe"
        shown "startup-slow-ok";
    ProbeLivenessKills = "probe.liveness-kills" ["failures" "threshold" "grace"]
        reads ["{c}.livenessProbe.failureThreshold"]
        from "kuberuntime/kuberuntime_manager.go computePodActions"
        shown "live-exec-classic";
    ProbeStartupKills = "probe.startup-kills" ["failures" "threshold" "grace"]
        reads ["{c}.startupProbe.failureThreshold"]
        from "kuberuntime/kuberuntime_manager.go computePodActions"
        shown "startup-fails";
    ProbeStarted = "probe.started" ["container"]
        reads ["{c}.startupProbe"]
        from "kubelet/prober/worker.go doProbe"
        shown "startup-slow-ok";
    ProbeReady = "probe.readiness-ready" ["successes" "threshold"]
        reads ["{c}.readinessProbe.successThreshold"]
        from "kubelet/prober/prober_manager.go UpdatePodStatus"
        shown "ready-success-threshold";
    ProbeUnready = "probe.readiness-unready" ["failures" "threshold"]
        reads ["{c}.readinessProbe.failureThreshold"]
        from "kubelet/prober/prober_manager.go UpdatePodStatus"
        shown "del-readiness-during-grace";
    ProbeOnHold = "probe.on-hold" ["kind"]
        reads ["{c}.{probe}"]
        from "kubelet/prober/worker.go doProbe"
        shown "live-exec-classic";
    ProbePoke = "probe.poke" ["container"]
        reads ["{c}.readinessProbe"]
        from "kubelet/prober/prober_manager.go UpdatePodStatus"
        shown "ready-success-threshold";
    ProxyRules = "proxy.rules" ["service" "endpoints"]
        reads []
        from "pkg/proxy/iptables/proxier.go syncProxyRules; pkg/proxy/topology.go CategorizeEndpoints"
        shown "del-endpoints";
    TrafficServed = "traffic.served" ["target" "pod" "address"]
        reads []
        from "Lifepod"
        shown "-";
    TrafficNoTarget = "traffic.no-target" ["target"]
        reads []
        from "kubernetes/dns docs/specification.md"
        shown "-";
    TrafficNoEndpoints = "traffic.refused-no-endpoints" ["target"]
        reads []
        from "pkg/proxy/iptables/proxier.go syncProxyRules (REJECT)"
        shown "-";
    TrafficNotListening = "traffic.refused-not-listening" ["target" "pod" "address"]
        reads []
        from "Linux tcp(7), connect(2) ECONNREFUSED"
        shown "-";
    TrafficRefusedStopping = "traffic.refused-stopping" ["target" "pod" "address"]
        reads []
        from "pkg/proxy/iptables/proxier.go minSyncPeriod; kuberuntime_container.go killContainer"
        shown "-";
    TrafficRefusedDown = "traffic.refused-down" ["target" "pod" "address"]
        reads []
        from "Linux tcp(7), connect(2) ECONNREFUSED"
        shown "-";
    TrafficCutBySigkill = "traffic.cut-by-sigkill" ["target" "pod" "took"]
        reads ["spec.terminationGracePeriodSeconds"]
        from "containerd internal/cri/server/container_stop.go; Linux tcp_close"
        shown "-";
    TrafficCutByStop = "traffic.cut-by-stop" ["target" "pod" "took"]
        reads []
        from "Linux tcp_close"
        shown "-";
    TrafficCutByCrash = "traffic.cut-by-crash" ["target" "pod" "took"]
        reads []
        from "Linux tcp_close"
        shown "-";
    TrafficCutByServer = "traffic.cut-by-server" ["target" "pod" "took"]
        reads []
        from "Linux tcp_close"
        shown "-";
    TrafficGone = "traffic.gone" ["target" "pod" "address" "took"]
        reads []
        from "pkg/proxy/iptables/proxier.go minSyncPeriod; Linux arp(7)"
        shown "-";
    TrafficNoRules = "traffic.no-rules" ["target" "address" "took"]
        reads []
        from "pkg/proxy/iptables/proxier.go syncProxyRules"
        shown "-";
    TrafficTooSlow = "traffic.too-slow" ["target" "pod" "took"]
        reads []
        from "Lifepod"
        shown "-";
    TrafficErrorStatus = "traffic.error-status" ["target" "pod" "status"]
        reads []
        from "RFC 9110 section 15"
        shown "-";
    TrafficStays = "traffic.stays" ["target" "pod" "address"]
        reads []
        from "Linux netfilter conntrack; pkg/proxy/iptables/proxier.go"
        shown "-";
    ProxyFallback = "proxy.fallback" ["service" "endpoints"]
        reads []
        from "pkg/proxy/topology.go CategorizeEndpoints"
        shown "del-endpoints";
    ProbeRedirect = "probe.redirect" ["kind" "answer"]
        reads ["{c}.{probe}.httpGet"]
        from "pkg/probe/http/http.go RedirectChecker, DoHTTPProbe"
        shown "-";
    StopBegins = "stop.begins" ["why" "grace"]
        reads ["spec.terminationGracePeriodSeconds"]
        from "kuberuntime/kuberuntime_container.go killContainer"
        shown "del-trap-slow";
    StopSignal = "stop.signal" ["signal" "effect" "timeout"]
        reads ["{c}"]
        from "containerd internal/cri/server/container_stop.go"
        shown "del-trap-slow";
    StopIgnored = "stop.pid1-ignores" ["signal"]
        reads ["{c}.command" "{c}.args"]
        from "Linux kernel signal.c: PID 1 of a namespace"
        shown "del-sleep-pid1";
    StopUnheeded = "stop.unheeded" ["signal"]
        reads ["{c}.command" "{c}.args"]
        from "signal(7): dispositions"
        shown "live-ignores-term";
    StopTrapWaits = "stop.trap-waits" ["signal" "child"]
        reads ["{c}.command" "{c}.args"]
        from "POSIX sh: traps run when the foreground command ends"
        shown "del-trap-slow";
    StopTrap = "stop.trap-runs" ["signal"]
        reads ["{c}.command" "{c}.args"]
        from "signal(7); POSIX sh: trap"
        shown "del-endpoints";
    StopInTime = "stop.in-time" ["took" "grace"]
        reads ["spec.terminationGracePeriodSeconds"]
        from "containerd internal/cri/server/container_stop.go"
        shown "del-trap-slow";
    StopKilled = "stop.killed" ["grace"]
        reads ["spec.terminationGracePeriodSeconds"]
        from "containerd internal/cri/server/container_stop.go"
        shown "del-ignores-term-default";
    StopMinimum = "stop.minimum" ["grace" "minimum"]
        reads []
        from "kuberuntime/kuberuntime_container.go killContainer (minimumGracePeriodInSeconds)"
        shown "del-now";
    StopSidecarWaits = "stop.sidecar-waits" ["grace"]
        reads ["spec.initContainers"]
        from "kuberuntime/kuberuntime_termination_order.go newTerminationOrdering"
        shown "sidecar-delete-order";
    DeleteSeen = "delete.seen" ["grace"]
        reads []
        from "kubelet/pod_workers.go UpdatePod"
        shown "del-trap-slow";
    DeleteFinalStatus = "delete.final-status" ["phase"]
        reads []
        from "kubelet/status/status_manager.go TerminatePod"
        shown "del-trap-slow";
    DeleteConfirmed = "delete.confirmed" []
        reads []
        from "kubelet/status/status_manager.go canBeDeleted"
        shown "del-trap-slow";
    DeleteOrphan = "delete.force-leaves-containers" ["grace"]
        reads []
        from "kubelet/pod_workers.go calculateEffectiveGracePeriod"
        shown "del-force";
    EndpointReady = "endpoint.ready" ["service" "address"]
        reads []
        from "endpointslice/utils.go podToEndpoint"
        shown "del-force";
    EndpointNotReady = "endpoint.not-ready" ["service"]
        reads []
        from "endpointslice/utils.go podToEndpoint"
        shown "ready-never";
    EndpointTerminating = "endpoint.terminating" ["service" "serving"]
        reads []
        from "endpointslice/utils.go podToEndpoint"
        shown "del-force";
    EndpointRemoved = "endpoint.removed" ["service"]
        reads []
        from "endpointslice/utils.go ShouldPodBeInEndpoints"
        shown "del-force";
    HookPostStart = "hook.post-start" ["action"]
        reads ["{c}.lifecycle.postStart"]
        from "kuberuntime/kuberuntime_container.go startContainer"
        shown "post-ok-slow";
    HookPostStartFailed = "hook.post-start-failed" ["action"]
        reads ["{c}.lifecycle.postStart"]
        from "kuberuntime/kuberuntime_container.go startContainer"
        shown "post-fails";
    HookPreStop = "hook.pre-stop" ["action" "grace"]
        reads ["{c}.lifecycle.preStop"]
        from "kuberuntime/kuberuntime_container.go executePreStopHook"
        shown "pre-then-term";
    HookPreStopFailed = "hook.pre-stop-failed" ["action"]
        reads ["{c}.lifecycle.preStop"]
        from "kuberuntime/kuberuntime_container.go executePreStopHook"
        shown "pre-exceeds-grace";
    HookPreStopCut = "hook.pre-stop-cut" ["grace"]
        reads ["{c}.lifecycle.preStop"]
        from "kuberuntime/kuberuntime_container.go executePreStopHook"
        shown "pre-exceeds-grace";
    HookDone = "hook.done" ["kind" "took"]
        reads ["{c}.lifecycle"]
        from "kubelet/lifecycle/handlers.go Run"
        shown "pre-then-term";
    HookFallback = "hook.http-fallback" ["kind" "host"]
        reads ["{c}.lifecycle"]
        from "kubelet/lifecycle/handlers.go runHTTPHandler"
        shown "-";
    NodeOom = "container.node-oom" ["process" "score"]
        reads ["resources"]
        from "Linux mm/oom_kill.c oom_badness; kubelet/qos/policy.go GetContainerOOMScoreAdjust"
        shown "-";
    NodePressure = "node.pressure" ["condition" "available"]
        reads []
        from "kubelet/eviction/eviction_manager.go synchronize; eviction/defaults_linux.go"
        shown "-";
    NodePressureOver = "node.pressure-over" ["condition" "available"]
        reads []
        from "kubelet/eviction/helpers.go nodeConditionsObservedSince"
        shown "-";
    EvictChosen = "evict.chosen" ["resource" "order"]
        reads ["resources" "spec.priorityClassName"]
        from "kubelet/eviction/helpers.go rankMemoryPressure, rankDiskPressureFunc"
        shown "-";
    PodEvicted = "pod.evicted" ["why"]
        reads ["spec.volumes" "spec.containers"]
        from "kubelet/eviction/eviction_manager.go localStorageEviction, evictPod"
        shown "emptydir-limit-evicted";
    ClaimBound = "claim.bound" ["claim" "volume" "how"]
        reads []
        from "controller/volume/persistentvolume/pv_controller.go syncUnboundClaim"
        shown "-";
    ClaimReleased = "claim.released" ["volume" "policy"]
        reads []
        from "controller/volume/persistentvolume/pv_controller.go reclaimVolume"
        shown "-";
    VolumeOutlives = "volume.outlives-pod" ["volume" "where"]
        reads ["spec.volumes"]
        from "kubelet volumemanager/populator/desired_state_of_world_populator.go createVolumeSpec"
        shown "-";
    VolumeGone = "volume.gone-with-pod" ["volume"]
        reads ["spec.volumes"]
        from "kubelet/kubelet.go SyncTerminatedPod; volume/emptydir/empty_dir.go TearDown"
        shown "shared-volume";
    FilesGone = "container.files-gone" ["bytes"]
        reads []
        from "kubelet kuberuntime_container.go startContainer; containerd container_create.go"
        shown "live-http-404";
    VolumeFailed = "volume.failed" ["volume" "error" "wait"]
        reads ["spec.volumes"]
        from "kubelet/volumemanager/reconciler/reconciler.go; util/goroutinemap/exponentialbackoff"
        shown "-";
    VolumeUpdated = "volume.updated" ["volume"]
        reads ["spec.volumes"]
        from "kubelet/volumemanager/volume_manager.go ReprocessPod; volume/util/atomic_writer.go Write"
        shown "-";
    ConfigError = "container.config-error" ["error"]
        reads ["{c}.env" "{c}.envFrom" "{c}.volumeMounts"]
        from "kuberuntime/kuberuntime_container.go startContainer; kubelet_pods.go makeEnvironmentVariables"
        shown "config-missing-then-created";
    QuotaExceeded = "quota.exceeded" ["quota" "requested" "used" "limited"] reads []
        from "apiserver admission/plugin/resourcequota/controller.go CheckRequest"
        shown "deploy-quota-stuck";
    LimitsFilled = "limits.filled" ["range" "set"]
        reads ["spec.containers[0].resources"]
        from "plugin/pkg/admission/limitranger/admission.go mergeContainerResources"
        shown "-";
    QuotaCounted = "quota.counted" ["quota" "used"] reads []
        from "controller/resourcequota/resource_quota_controller.go syncResourceQuota"
        shown "deploy-quota-stuck";
    EvictionFree = "eviction.free" ["why"] reads []
        from "registry/core/pod/storage/eviction.go Create, canIgnorePDB" shown "-";
    EvictionPaid = "eviction.paid" ["budget" "left"] reads []
        from "registry/core/pod/storage/eviction.go checkAndDecrement" shown "-";
    EvictionRefused = "eviction.refused" ["budget" "healthy" "needed"] reads []
        from "registry/core/pod/storage/eviction.go checkAndDecrement" shown "-";
    BudgetCounted = "budget.counted" ["budget" "healthy" "needed" "allowed"] reads []
        from "controller/disruption/disruption.go trySync, updatePdbStatus" shown "-";
    SetCreates = "replicaset.creates" ["set" "have" "wanted"] reads []
        from "controller/replicaset/replica_set.go manageReplicas, slowStartBatch"
        shown "deploy-rollout-ok";
    SetDeletes = "replicaset.deletes" ["set" "pod" "have" "wanted"] reads []
        from "controller/replicaset/replica_set.go getPodsToDelete; controller_utils.go ActivePodsWithRanks"
        shown "deploy-rollout-ok";
    OwnerAdopts = "owner.adopts" ["pod" "owner"] reads ["metadata.labels"]
        from "controller/controller_ref_manager.go AdoptPod" shown "-";
    OwnerReleases = "owner.releases" ["pod" "owner"] reads ["metadata.labels"]
        from "controller/controller_ref_manager.go ReleasePod" shown "-";
    ControllerRetries = "controller.retries" ["kind" "name" "message" "wait"] reads []
        from "client-go util/workqueue DefaultTypedControllerRateLimiter"
        shown "deploy-quota-stuck";
    RolloutTemplate = "rollout.template" ["deployment" "hash" "revision"] reads ["spec.template"]
        from "controller/deployment/sync.go getNewReplicaSet" shown "deploy-rollout-ok";
    RolloutSurge = "rollout.surge" ["deployment" "set" "from" "to" "most"]
        reads ["spec.strategy.rollingUpdate.maxSurge"]
        from "controller/deployment/util/deployment_util.go NewRSNewReplicas"
        shown "deploy-rollout-ok";
    RolloutUnavailable = "rollout.unavailable" ["deployment" "set" "from" "to" "available" "least"]
        reads ["spec.strategy.rollingUpdate.maxUnavailable"]
        from "controller/deployment/rolling.go reconcileOldReplicaSets" shown "deploy-rollout-ok";
    RolloutRecreate = "rollout.recreate" ["deployment"] reads ["spec.strategy"]
        from "controller/deployment/recreate.go rolloutRecreate" shown "-";
    RolloutScaled = "rollout.scaled" ["deployment" "replicas"] reads ["spec.replicas"]
        from "controller/deployment/sync.go scale" shown "-";
    RolloutBack = "rollout.back" ["deployment" "set" "revision"] reads ["spec.template"]
        from "controller/deployment/sync.go getNewReplicaSet" shown "-";
    RolloutComplete = "rollout.complete" ["deployment"] reads []
        from "controller/deployment/util/deployment_util.go DeploymentComplete"
        shown "deploy-rollout-ok";
    RolloutDeadline = "rollout.deadline" ["deployment" "deadline"]
        reads ["spec.progressDeadlineSeconds"]
        from "controller/deployment/util/deployment_util.go DeploymentTimedOut" shown "-";
    RolloutCleanup = "rollout.cleanup" ["deployment" "set" "limit"]
        reads ["spec.revisionHistoryLimit"] from "controller/deployment/sync.go cleanupDeployment"
        shown "-";
    JobCreates = "job.creates" ["job" "active" "wanted"]
        reads ["spec.parallelism" "spec.completions"]
        from "controller/job/job_controller.go manageJob" shown "-";
    JobCounts = "job.counts" ["pod" "succeeded" "failed"] reads []
        from "controller/job/job_controller.go trackJobStatusAndRemoveFinalizers" shown "-";
    JobBackoff = "job.backoff" ["job" "failed" "wait"] reads []
        from "controller/job/backoff_utils.go getRemainingTimePerPod" shown "-";
    JobComplete = "job.complete" ["job" "reason"] reads ["spec.completions"]
        from "controller/job/job_controller.go syncJob" shown "-";
    JobFails = "job.fails" ["job" "reason"] reads ["spec.backoffLimit" "spec.activeDeadlineSeconds"]
        from "controller/job/job_controller.go syncJob" shown "-";
    JobExpires = "job.expires" ["job" "ttl"] reads ["spec.ttlSecondsAfterFinished"]
        from "controller/ttlafterfinished/ttlafterfinished_controller.go processTTL" shown "-";
    OwnerGone = "owner.gone" ["kind" "name" "owner"] reads []
        from "controller/garbagecollector/garbagecollector.go attemptToDeleteItem" shown "-";
    OwnerWaits = "owner.waits" ["kind" "name" "owner"] reads []
        from "controller/garbagecollector/garbagecollector.go processDeletingDependentsItem"
        shown "-";
    OwnerOrphans = "owner.orphans" ["kind" "name" "owner"] reads []
        from "controller/garbagecollector/garbagecollector.go orphanDependents" shown "-";
    NoteCommand = "note.command-missing" ["command"]
        reads ["{c}.command" "{c}.args"]
        from "Lifepod: the simulated shell"
        shown "exit-127";
    NoteNotSimulated = "note.not-simulated" ["what"]
        reads []
        from "Lifepod"
        shown "-";
    NoteProcesses = "note.limit-processes" ["bound"]
        reads ["{c}.command" "{c}.args"]
        from "Lifepod: the simulated shell"
        shown "-";
    NoteDepth = "note.limit-depth" ["bound"]
        reads ["{c}.command" "{c}.args"]
        from "Lifepod: the simulated shell"
        shown "-";
    NoteArguments = "note.limit-arguments" ["bound"]
        reads ["{c}.command" "{c}.args"]
        from "Lifepod: the simulated shell"
        shown "-";
    NoteOutput = "note.limit-output" ["bound"]
        reads ["{c}.command" "{c}.args"]
        from "Lifepod: the simulated shell"
        shown "-";
    NoteText = "note.limit-text" ["bound"]
        reads ["{c}.command" "{c}.args"]
        from "Lifepod: the simulated shell"
        shown "-";
    NoteMemory = "note.limit-memory" ["bound"]
        reads ["{c}.command" "{c}.args"]
        from "Lifepod: the simulated shell"
        shown "-";
    NoteLines = "note.log-lines" ["bound"]
        reads ["{c}.command" "{c}.args"]
        from "Lifepod: the timeline"
        shown "-";
    NoteImage = "note.image" ["image" "ports"]
        reads ["{c}.image"]
        from "Lifepod"
        shown "-";
    NoteAnnotation = "note.annotation" ["words"]
        reads ["metadata.annotations"]
        from "Lifepod"
        shown "-";
}
