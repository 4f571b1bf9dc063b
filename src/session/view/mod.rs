//! What front ends draw, as plain data: no engine types, no web types.

pub mod compare;
pub mod completion;
pub mod editor;
pub mod exercise;
pub mod field;
pub mod inspector;
pub mod journey;
pub mod live;
pub mod processes;
pub mod records;
pub mod sharing;
pub mod stage;
pub mod timeline;
pub mod traffic;
pub mod transport;

pub use compare::{CompareView, DifferenceView, HappeningView, LanePair, Side};
pub use completion::{CompletionView, OptionView};
pub use editor::{EditorView, FixView, Level, ProblemView};
pub use exercise::{CheckView, ExerciseView, FoundView, GoalView, OpenPart};
pub use field::{FieldLevel, FieldView, KnobView, RuleUse};
pub use inspector::{
    Body, DiffLine, EndpointState, EventView, FileView, FilesView, Inspect, InspectorView,
    LineChange, Lives, LogKept, LogsView, NetworkView, PlaceView, ResourceRow, ResourcesView,
    Section, Since, YamlView,
};
pub use journey::{
    Aim, AimsView, Bookmark, BranchView, Groups, Halt, JourneyView, MarkGroup, Passed, Skipped,
    Span, Why,
};
pub use live::{LiveView, Soon, SoonView};
pub use processes::{ProcessView, SharedView, UsageView};
pub use records::{FactView, FocusView, LinkView, RecordView, RecordsView, SpotView};
pub use sharing::{MemberView, Scope, SharingView, SpaceKind, SpaceView};
pub use stage::OwnerView;
pub use stage::{
    ActorKind, ActorView, BackoffView, ConditionView, ContainerKind, ContainerView, EndpointView,
    FLIGHT_AFTERGLOW, FlightView, GraceView, HookView, LogView, NodeView, ObservedState, PodView,
    ProbeView, STAGE_MANY, ServiceView, SignalView, StageView, StateView,
};
pub use timeline::{Lane, LaneKind, LanePhase, Mark, MarkKind, TimelineView, Tone};
pub use traffic::{CountsView, REQUEST_SHOWN, RequestView, TrafficView};
pub use transport::{KubectlEcho, PassingView, TransportView};
