//! The states.

/// A state of the page.
#[derive(Clone, Copy, Debug)]
pub struct State {
    /// Its name, a file name; those of embeds begin with `embed`.
    pub name: &'static str,
    /// The options in the page's address, besides language and theme; `#…` ends them.
    pub query: &'static str,
    /// What is done then, one step a line: `click ID`, `press KEY`, `wait ID`, `fill ID TEXT`,
    /// `choose ID VALUE`, `rest MS`, `run CODE`; an ID is a `data-testid`. What a narrow page has
    /// in its menu is clicked there; `pane NAME` is a tab where there are tabs.
    pub steps: &'static str,
}

const fn state(name: &'static str, query: &'static str, steps: &'static str) -> State {
    State { name, query, steps }
}

/// A text whose mistakes have all the marks there are.
const BAD: &str = "wait get-pods\npane editor\nfill editor apiVersion: v1\\nkind: Pod\\nmetadata: \
    {name: web}\\nspec:\\n  restartPolicy: Sometimes\\n  priority: 5\\n  containers:\\n  - name: \
    app\\n    imagee: busybox\\n    livenessProbe:\\n      httpGet: {port: 80, periodSeconds: 3}\n\
    wait problems\nrest 600";

/// Comes to one side of the inspector.
macro_rules! side {
    ($name:literal) => {
        state(
            concat!("inspector-", $name),
            "autoplay=0&t=60s",
            concat!("press i\nwait inspector-body\nclick inspector-", $name, "\nrest 500"),
        )
    };
}

/// One step of the tour more.
macro_rules! tour {
    ($nth:literal, $steps:literal) => {
        state(concat!("tour-", $nth), "", concat!("wait tour", $steps))
    };
}

/// The states, in the order of a first acquaintance.
pub const STATES: [State; 55] = [
    state("first", "autoplay=0", "wait look-for"),
    tour!("1", "\nrest 900"),
    tour!("2", "\nclick tour-next\nrest 4500"),
    tour!("4", "\nclick tour-next\nclick tour-next\nclick tour-next\nrest 900"),
    tour!(
        "6",
        "\nclick tour-next\nclick tour-next\nclick tour-next\nclick tour-next\nclick tour-next"
    ),
    state("killed", "autoplay=0&t=60s", "wait get-pods"),
    state("timeline", "autoplay=0&t=80s", "wait get-pods\npane timeline\nrest 300"),
    state(
        "why",
        "autoplay=0&t=80s",
        "wait get-pods\npane why\nrun document.querySelector('[data-rule=\"probe.liveness-kills\"] \
         button').click()\nwait why-detail",
    ),
    state("deployment", "autoplay=0&t=30s&scenario=traffic-rollout-loses", "wait get-pods"),
    state(
        "near",
        "autoplay=0&t=60s",
        "wait get-pods\npane stage\nclick stage-nearer\nclick stage-nearer\nclick stage-nearer",
    ),
    state(
        "node-menu",
        "autoplay=0&t=60s",
        "wait get-pods\npane stage\nrun document\
         .querySelector('[data-testid^=node-acts-]')?.click()\nrest 300",
    ),
    side!("describe"),
    side!("yaml"),
    side!("conditions"),
    side!("events"),
    side!("logs"),
    side!("files"),
    side!("processes"),
    side!("network"),
    side!("resources"),
    state(
        "kubectl",
        "autoplay=0&t=60s",
        "wait get-pods\npane kubectl\nfill console describe pod liveness\npress Enter\nrest 600",
    ),
    state(
        "kubectl-options",
        "autoplay=0&t=60s",
        "wait get-pods\npane kubectl\nfill console get \npress Tab\nrest 500",
    ),
    state(
        "kubectl-error",
        "autoplay=0&t=60s",
        "wait get-pods\npane kubectl\nfill console get x\npress Enter\nrest 500",
    ),
    state("picker", "autoplay=0", "click scenario\nwait pick\nrest 500"),
    state("picker-none", "autoplay=0", "click scenario\nwait pick\nfill pick-field zzzz\nrest 400"),
    state(
        "rules",
        "autoplay=0&t=60s",
        "wait get-pods\nclick library\nwait library-search\nrest 900",
    ),
    state(
        "rules-found",
        "autoplay=0",
        "wait get-pods\nclick library\nwait library-search\nfill library-search poststart.failure\n\
         wait show-me",
    ),
    state("rule", "autoplay=0&rule=probe.liveness.restart", "wait show-me\nrest 400"),
    state(
        "arguments",
        "autoplay=0",
        "wait get-pods\nclick library\nwait library-search\nclick settles\nrest 900",
    ),
    state(
        "argument",
        "autoplay=0&settle=contradiction.prestop-overrun",
        "wait argument\nrest 300\nclick choice-0\nrest 500",
    ),
    state("exercises", "autoplay=0", "wait get-pods\nclick exercises\nwait exercise-one-report"),
    state("exercise", "autoplay=0&exercise=one-report", "wait check\nrest 500"),
    state(
        "exercise-missed",
        "autoplay=0&exercise=one-report",
        "wait check\nrest 500\nclick check\nwait verdict\nclick hint\nclick solution\nrest 500",
    ),
    state("help", "autoplay=0&t=60s", "wait get-pods\npress ?\nrest 400"),
    state("ledger", "autoplay=0&t=60s", "wait get-pods\npress ?\nclick fidelity\nrest 900"),
    state("until", "autoplay=0&t=30s", "wait get-pods\npress g\nwait until-search\nrest 300"),
    state(
        "stopped",
        "autoplay=0",
        "wait get-pods\npress g\nwait until-search\nfill until-search SIGTERM\npress Enter\nrest 900",
    ),
    state(
        "ways",
        "autoplay=0&t=10s",
        "wait get-pods\npress m\npress d\nrest 400\npress b\nwait branches\nrest 300",
    ),
    state("ways-none", "autoplay=0&t=10s", "wait get-pods\npress b\nrest 400"),
    state(
        "compare",
        "autoplay=0&t=60s",
        "wait get-pods\npress c\nwait compare-summary\nchoose compare-1 scenario liveness-trap\n\
         rest 1500",
    ),
    state("compare-same", "autoplay=0&t=60s", "wait get-pods\npress c\nwait compare-summary"),
    state(
        "compare-refused",
        "autoplay=0&t=20s",
        "wait get-pods\npane editor\nfill editor kind: Pod\nrun document.activeElement.blur()\n\
         press c\nchoose compare-1 editor\nwait compare-refused",
    ),
    state("share", "autoplay=0&t=20s", "wait get-pods\nclick share\nwait notice"),
    state("delete", "autoplay=0&t=20s", "wait get-pods\npane editor\nclick delete-menu\nrest 300"),
    state("bad-text", "autoplay=0", BAD),
    state(
        "refused",
        "autoplay=0",
        "wait get-pods\npane editor\nfill editor kind: Pod\nclick apply\nrest 600",
    ),
    state(
        "empty-text",
        "autoplay=0",
        "wait get-pods\npane editor\nrun document.querySelector(\
         '[data-testid=editor]').select?.()\nfill editor  \nrest 400",
    ),
    state("missing", "autoplay=0&scenario=no-such-one", "wait notice"),
    state("bad-link", "autoplay=0#v1.abc", "rest 900"),
    state(
        "our-mistake",
        "autoplay=0",
        "wait look-for\nrun document.querySelectorAll('.why-row').forEach((row) => row.remove())\n\
         press .\npress .\npress .\nwait panic",
    ),
    state("embed", "embed=1&autoplay=0&t=50s", "wait open-full\nrest 400"),
    state("embed-two", "embed=1&autoplay=0&t=50s&panes=stage,timeline", "wait open-full\nrest 400"),
    state(
        "embed-why",
        "embed=1&autoplay=0&t=50s&panes=stage,why&readonly=1",
        "wait open-full\nrest 400",
    ),
    state(
        "embed-bad",
        "embed=1&autoplay=0&t=soon&panes=editor&readonly=1",
        "wait open-full\nrest 400",
    ),
    state("embed-exercise", "embed=1&autoplay=0&exercise=slow-start", "wait check\nrest 500"),
];
