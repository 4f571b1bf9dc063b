//! The words of the rule browser.

texts! {
    LIBRARY: "Rules", "规则";
    LIBRARY_MORE: "What the documents say, and the run that shows it", "文档说了什么，以及展示它的运行";
    LIBRARY_LOADING: "Loading the rules …", "正在加载……";
    LIBRARY_FAILED: "The rules could not be loaded.", "规则未能加载。";
    SEARCH: "Search", "搜索";
    ORDER: "Order", "排列";
    ORDER_TOPIC: "By topic", "按主题";
    ORDER_DOCUMENT: "By document", "按文档";
    TRUTH: "How true", "准确性";
    TRUTH_ALL: "All", "全部";
    TRUTH_CORRECT: "Correct", "正确";
    TRUTH_SIMPLIFIED: "Simplified", "简化";
    TRUTH_OUTDATED: "Outdated", "过时";
    TRUTH_WRONG: "Wrong", "错误";
    TRUTH_CONTRADICTED: "Contradicted", "有矛盾";
    UNSEEN: "Not shown yet", "尚未看过";
    FORGET: "Forget what was shown", "清除记录";
    FOUND: "{n} of {all} rules, {seen} shown", "共 {all} 条，列出 {n} 条，已看 {seen} 条";
    DOCUMENT: "Document {n}", "文档 {n}";
    SOURCE: "Document {n}, line {lines}", "文档 {n}，第 {lines} 行";
    TODAY: "Today", "现状";
    SHOW: "Show me", "展示";
    SHOW_IN: "Show me: {title}", "展示：{title}";
    SHOWN: "shown", "已看";
    NO_RUN: "Told, not run", "仅说明，无运行";
    NONE: "No rule says this. Try fewer words.", "没有这样的规则，试试更少的词。";
}
