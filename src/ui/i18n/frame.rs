//! The words of the frame: header, editor, transport, lists, help, cards.

texts! {
    // Header.
    TAGLINE: "A Pod's life, rule by rule, forwards and back", "逐条规则看 Pod 的一生，可进可退";
    SKIP: "Skip to the timeline", "跳到时间线";
    SCENARIO: "Scenario", "场景";
    SCENARIO_FAILED: "The scenarios could not be loaded. Your own text works all the same.", "场景未能加载，您仍可使用自己的文本。";
    SCENARIO_OWN: "My own text", "我的文本";
    LOOK_FOR: "What to look for", "看点";
    LANGUAGE: "Language", "语言";
    THEME: "Theme", "主题";
    THEME_AUTO: "As the system", "跟随系统";
    THEME_LIGHT: "Light", "浅色";
    THEME_DARK: "Dark", "深色";
    HELP: "Help and keys", "帮助与按键";

    // Panes.
    PANES: "Panes", "面板";
    PANE_EDITOR: "Manifest", "清单";
    PANE_STAGE: "Stage", "舞台";
    PANE_TIMELINE: "Timeline", "时间线";
    PANE_WHY: "Why", "原因";

    // Editor.
    EDITOR_LABEL: "Pod YAML", "Pod 的 YAML";
    EDITOR_HINT: "Ctrl+Enter applies. Tab leaves the editor; Ctrl+] and Ctrl+[ indent lines.", "Ctrl+Enter 应用。Tab 离开编辑器；Ctrl+] 与 Ctrl+[ 缩进行。";
    EDITOR_EMPTY: "There is no manifest yet. Paste a Pod, or take a scenario above.", "还没有清单。粘贴一个 Pod，或在上方选择场景。";
    TOO_LARGE: "This text has {n} KB: too much to show. It is kept as it is, and the running Pod is not touched.", "这段文本有 {n} KB，过大而无法显示。文本原样保留，运行中的 Pod 不受影响。";
    TOO_LARGE_BACK: "Back to the text before", "回到之前的文本";
    TOO_LARGE_SHOW: "Show it anyway (slow)", "仍然显示（较慢）";
    EDITED: "edited", "已修改";
    EDITED_MORE: "The text differs from what was applied", "文本与已应用的内容不同";
    APPLY: "Apply", "应用";
    APPLY_RUNS: "Runs kubectl apply -f of this text", "对这段文本执行 kubectl apply -f";
    RERUN: "Run anew", "重新运行";
    RERUN_MORE: "Runs this text from zero in an empty cluster; undo brings the old run back", "在空集群中从零运行这段文本；“撤销”可恢复原来的运行";
    DELETE: "Delete", "删除";
    DELETE_MORE: "Ways to delete", "删除方式";
    DELETE_DEFAULT: "With the Pod's own grace period", "按 Pod 自己的宽限期";
    DELETE_GRACE: "With a grace period of", "宽限期为";
    DELETE_NOW: "Now: one second of grace", "立刻：宽限一秒";
    DELETE_FORCE: "By force: the object goes, the process may not", "强制：对象立即消失，进程未必";
    DELETE_NONE: "There is no Pod to delete", "没有可删除的 Pod";
    DELETE_POD: "Pod", "Pod";
    SECONDS: "seconds", "秒";
    FORKS: "You are in the past: an act here starts a new branch. Undo brings the old one back.", "您位于过去：此处操作会产生新分支，“撤销”可恢复原分支。";
    PROBLEMS: "Problems", "问题";
    PROBLEMS_NONE: "No problems", "没有问题";
    PROBLEMS_MORE: "and {n} more", "另有 {n} 条";
    PROBLEM_ERROR: "error", "错误";
    PROBLEM_WARNING: "warning", "警告";
    PROBLEM_NOTE: "not simulated", "未模拟";
    PROBLEM_MARK: "Line {line}, {kind}: {message}", "第 {line} 行，{kind}：{message}";
    PROBLEM_WHY: "Why", "原因";
    PROBLEM_KNOWN: "Known keys", "可用的键";
    PROBLEM_RELATED: "See line {line}", "见第 {line} 行";
    PROBLEM_NOTES: "Accepted, but not simulated: {n}", "会被接受，但不模拟：{n} 处";
    CARD_LOADING: "Loading the explanation …", "正在加载解释……";
    CARD_FAILED: "The explanation could not be loaded.", "解释未能加载。";
    FIELD: "Field help", "字段说明";
    FIELD_NONE: "Put the caret on a field of the text.", "请把光标放在文本中的某个字段上。";
    FIELD_TYPE: "Type", "类型";
    FIELD_REQUIRED: "required", "必填";
    FIELD_DEFAULT: "When left out", "省略时";
    FIELD_VALUES: "Values", "可取值";
    FIELD_NOT_SIMULATED: "Accepted and kept, but nothing here acts on it.", "会被接受并保留，但这里不会对它作出反应。";
    FIELD_OFFICIAL: "Official description, in English", "官方说明（英文）";
    FIELD_LOADING: "Loading the description …", "正在加载说明……";
    FIELD_FAILED: "The official description could not be loaded.", "官方说明未能加载。";
    FIELD_UNTOLD: "Kubernetes does not describe this field.", "Kubernetes 没有描述这个字段。";
    PROBLEM_GOTO: "Go to line {line}, column {column}", "转到第 {line} 行第 {column} 列";
    REFUSED: "The API server refused it", "API 服务器拒绝了它";
    LIT: "Lines {lines} are what the selected rule reads", "选中的规则读取第 {lines} 行";

    // Transport.
    TRANSPORT: "Time", "时间";
    PLAY: "Play", "播放";
    PAUSE: "Pause", "暂停";
    NEXT_MARK: "Next mark", "下一标记";
    PREVIOUS_MARK: "Previous mark", "上一标记";
    STEP_BACK: "One second back", "后退一秒";
    STEP_ON: "One second on", "前进一秒";
    SPEED: "Speed", "速度";
    TIME_FIELD: "Moment, in seconds", "时刻（秒）";
    TIME_BAD: "A moment is written as 90, 1m30s or 1:30", "时刻可写作 90、1m30s 或 1:30";
    SCRUB: "Move through time", "在时间中移动";
    SCRUB_VALUE: "{t} of {tip}", "{tip} 中的 {t}";
    UNDO: "Undo the last act", "撤销上一操作";
    REDO: "Bring the branch back", "恢复分支";
    RESTART: "Begin again at zero", "从零开始";
    STOPPED: "The run stopped here", "运行到此为止";
    SIMULATED_TO: "simulated to {tip}", "已模拟到 {tip}";
    PAST: "in the past; simulated to {tip}", "位于过去；已模拟到 {tip}";

    // kubectl.
    KUBECTL: "kubectl", "kubectl";
    GET_PODS: "What kubectl get pods prints", "kubectl get pods 的输出";
    GET_PODS_NONE: "No resources found in default namespace.", "No resources found in default namespace.";
    PHASE: "status.phase", "status.phase";
    COLUMN: "STATUS column", "STATUS 列";
    ECHO: "Commands so far", "已执行的命令";
    ECHO_NONE: "Every act in this page appears here as the command that would do it.", "页面上的每个操作都会以等效命令出现在这里。";
    EXIT_CODE: "exit {code}", "退出码 {code}";

    // Why.
    WHY: "Why", "原因";
    WHY_EMPTY: "Nothing has been decided yet. Apply the manifest and let time run.", "尚无任何决定。应用清单并让时间流动。";
    WHY_EARLIER: "{n} earlier decisions are not listed", "另有 {n} 条更早的决定未列出";
    WHY_SAME: "and {n} like it since {t}", "自 {t} 起另有 {n} 条相同";
    WHY_CAUSE_GOTO: "Go to its cause", "转到起因";
    WHY_SOURCE: "Source", "出处";
    WHY_RULE: "Rule", "规则";
    WHY_FIELDS: "Reads", "读取";
    WHY_OLDER: "In older versions", "旧版本中";
    WHY_GOTO: "Go to this moment", "转到这一刻";
    WHY_TEXTS_FAILED: "The explanations could not be loaded; rule ids are shown instead.", "解释文本未能加载，以规则编号代替。";

    // Help.
    HELP_TITLE: "How to use this page", "如何使用本页";
    HELP_INTRO: "Write a Pod, apply it, and let virtual time run. The stage shows what each part of the cluster does, the timeline what came of it, and the list on the side which rule decided it. Time goes both ways: step back, change something, and a new branch grows.", "写下一个 Pod，应用它，让虚拟时间流动。舞台显示集群各部分在做什么，时间线显示结果，旁边的列表说明是哪条规则决定的。时间可进可退：退回去，改一处，就长出新的分支。";
    HELP_KEYS: "Keys", "按键";
    HELP_KEYS_NOTE: "They work when the focus is not in a text field.", "焦点不在文本框时有效。";
    HELP_TRUTH: "The model follows Kubernetes 1.36 with its default feature gates and is compared with recordings of a real node.", "模型遵循 Kubernetes 1.36 及其默认特性门控，并与真实节点的记录逐一比对。";
    FIDELITY: "How true is this?", "有多真实？";
    FIDELITY_LOADING: "Loading the ledger …", "正在加载……";
    FIDELITY_FAILED: "The ledger could not be loaded.", "内容未能加载。";
    CLOSE: "Close", "关闭";
    KEY_SPACE: "play or pause", "播放或暂停";
    KEY_MARKS: "previous, next mark", "上一个、下一个标记";
    KEY_ARROWS: "one second back, on", "后退、前进一秒";
    KEY_SPEED: "slower, faster", "减速、加速";
    KEY_EDITOR: "to the editor", "到编辑器";
    KEY_DELETE: "delete the Pod", "删除 Pod";
    KEY_UNDO: "undo, redo", "撤销、恢复";
    KEY_HELP: "this help", "本帮助";
    KEY_APPLY: "apply the text (in the editor)", "应用文本（在编辑器中）";
    KEY_INDENT: "indent lines (in the editor; Tab leaves it)", "缩进行（在编辑器中；Tab 离开）";

    // Live region.
    SAID_APPLIED: "Applied", "已应用";
    SAID_NOT_APPLIED: "Not applied: the text has problems", "未应用：文本有问题";
    SAID_DELETED: "Pod {pod}: deletion sent", "已请求删除 Pod {pod}";
    SAID_PLAYING: "Playing at {speed}", "以 {speed} 播放";
    SAID_PAUSED: "Paused at {t}", "暂停于 {t}";
    SAID_AT: "At {t}", "位于 {t}";
    SAID_SPEED: "Speed {speed}", "速度 {speed}";
    SAID_LOADED: "Scenario {title} loaded", "已加载场景：{title}";
    SAID_UNDONE: "The branch before the last act is back", "已恢复上一操作之前的分支";
    SAID_REDONE: "The undone branch is back", "已恢复被撤销的分支";
    SAID_RESTARTED: "An empty cluster at zero", "零时刻的空集群";
    SAID_PROBLEMS: "{n} problems; the first is in line {line}: {message}", "{n} 个问题；首个在第 {line} 行：{message}";
    SAID_STATUS: "{pod}: {status}", "{pod}：{status}";

    // Our own failure.
    PANIC_TITLE: "The page made a mistake", "页面出错了";
    PANIC_TEXT: "This is our fault, not yours. Your text is safe: copy it here, or reload the page and choose My own text.", "这是我们的错误，与您无关。您的文本没有丢失：可在此复制，或重新加载后选择“我的文本”。";
    PANIC_RELOAD: "Reload the page", "重新加载页面";
    PANIC_DETAILS: "What happened, for a report", "错误信息（供反馈）";
}
