// The page's colours: custom properties reach into the shadow root, so light and dark need nothing.
import { EditorView } from "@codemirror/view";
import { HighlightStyle } from "@codemirror/language";
import { tags } from "@lezer/highlight";

export const inks = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--running-ink)" },
  { tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace, tags.meta], color: "var(--ink-3)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--good-ink)" },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: "var(--terminating-ink)" },
  { tag: tags.content, color: "var(--ink)" },
  { tag: tags.comment, color: "var(--ink-3)", fontStyle: "italic" },
]);

const mono = { fontFamily: "var(--font-mono)", fontSize: "12.5px", lineHeight: "20px" };
const panel = {
  backgroundColor: "var(--raised)", color: "var(--ink)", border: "1px solid var(--line-2)",
  borderRadius: "var(--radius-m)", boxShadow: "var(--shadow-menu)",
};
const button = {
  minHeight: "24px", minWidth: "24px", padding: "0 8px", margin: "0 2px", border: "1px solid var(--line-2)",
  borderRadius: "var(--radius-s)", background: "var(--raised)", color: "var(--ink)",
  fontFamily: "var(--font-sans)", fontSize: "12px", cursor: "pointer",
};

export const colours = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--raised)", color: "var(--ink)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { ...mono, overscrollBehavior: "contain", fontVariantLigatures: "none" },
  ".cm-content": { padding: "6px 0 20px", caretColor: "var(--accent)" },
  ".cm-line": { padding: "0 8px" },
  ".cm-cursor": { borderLeftColor: "var(--accent)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { background: "color-mix(in srgb, var(--accent) 30%, transparent)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--accent) 6%, transparent)" },
  ".cm-gutters": { backgroundColor: "var(--sunken)", color: "var(--ink-3)", borderRight: "1px solid var(--line)" },
  ".cm-lineNumbers .cm-gutterElement": { fontSize: "11px", padding: "0 2px 0 0", minWidth: "22px" },
  ".cm-margin": { width: "16px" },
  ".cm-margin .cm-gutterElement": { cursor: "pointer" },
  ".cm-foldGutter": { width: "14px" },
  ".cm-foldGutter .cm-gutterElement": { cursor: "pointer" },
  ".cm-foldPlaceholder": { ...button, minHeight: "18px", lineHeight: "16px", color: "var(--ink-2)" },
  ".mark": { display: "block", width: "16px", height: "20px" },
  ".mark.error path": { fill: "var(--bad)" },
  ".mark.warning path": { fill: "var(--waiting)" },
  ".mark.info path": { fill: "none", stroke: "var(--ink-3)", strokeWidth: "1.3", strokeDasharray: "2 1.2" },
  ".cm-lit": { backgroundColor: "var(--lit)", boxShadow: "inset 3px 0 var(--lit-line)" },
  ".cm-acting": { backgroundColor: "var(--lit)" },
  ".cm-changed": { boxShadow: "inset 3px 0 var(--accent)" },
  // What may not be changed lies deeper, what may has a bar at its edge.
  ".cm-locked": { backgroundColor: "var(--sunken)" },
  ".cm-open": { boxShadow: "inset 3px 0 var(--good)" },
  ".cm-open.cm-changed": { boxShadow: "inset 3px 0 var(--good), inset 6px 0 var(--accent)" },
  ".cm-locked.cm-lit": { backgroundColor: "var(--lit)" },
  ".cm-soon": {
    marginLeft: "12px", padding: "0 6px", borderRadius: "999px", background: "var(--waiting-soft)",
    color: "var(--waiting-ink)", fontFamily: "var(--font-sans)", fontSize: "11px", whiteSpace: "nowrap",
  },
  ".cm-broken": { background: "var(--bad-soft)", color: "var(--bad-ink)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "var(--sunken)", outline: "1px solid var(--line-2)" },
  ".cm-searchMatch": { backgroundColor: "var(--waiting-soft)", outline: "1px solid var(--waiting)" },
  ".cm-searchMatch.cm-searchMatch-selected": { backgroundColor: "var(--lit)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--bad) 1.5px", textUnderlineOffset: "4px" },
  ".cm-lintRange-warning": { backgroundImage: "none", textDecoration: "underline wavy var(--waiting) 1.5px", textUnderlineOffset: "4px" },
  ".cm-lintRange-info": { backgroundImage: "none" },
  ".cm-lintPoint": { display: "none" },
  ".cm-tooltip": { ...panel, fontFamily: "var(--font-sans)", fontSize: "12px", lineHeight: "18px", maxWidth: "30rem", overflow: "hidden" },
  ".cm-diagnostic": { padding: "6px 10px", borderLeftWidth: "3px" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--bad)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--waiting)" },
  ".cm-diagnostic-info": { borderLeftColor: "var(--line-2)" },
  ".cm-diagnosticAction": { ...button, display: "inline-block", margin: "4px 6px 0 0" },
  ".cm-tooltip code, .field-card code": { fontFamily: "var(--font-mono)" },
  ".field-card": { padding: "8px 12px", maxHeight: "16rem", overflow: "auto" },
  ".field-card .title": { fontWeight: "600" },
  ".field-card .row": { display: "flex", gap: "12px" },
  ".field-card .name": { color: "var(--ink-3)", flex: "none" },
  ".field-card p": { margin: "6px 0 0", whiteSpace: "pre-line" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--font-mono)", fontSize: "12.5px", maxHeight: "14rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 10px", lineHeight: "20px", minHeight: "24px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--accent)", color: "var(--accent-ink)" },
  ".cm-completionDetail": { color: "inherit", opacity: "0.75", fontStyle: "normal", fontSize: "11px", marginLeft: "12px" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-tooltip.cm-completionInfo": { ...panel, padding: "6px 10px", maxWidth: "20rem" },
  ".cm-panels": { backgroundColor: "var(--panel)", color: "var(--ink)", fontFamily: "var(--font-sans)" },
  ".cm-panels.cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-panels.cm-panels-bottom": { borderTop: "1px solid var(--line)" },
  ".cm-panel.cm-search": { padding: "6px 28px 6px 8px" },
  ".cm-panel.cm-search [name=close]": { ...button, border: "0", top: "4px", right: "4px" },
  ".cm-panel label": { fontSize: "12px", whiteSpace: "nowrap" },
  ".cm-textfield": { minHeight: "24px", backgroundColor: "var(--raised)", border: "1px solid var(--line-2)", borderRadius: "var(--radius-s)", color: "var(--ink)" },
  ".cm-button": { ...button, backgroundImage: "none" },
  ".cm-panel.cm-panel-lint ul": { maxHeight: "8rem" },
  ".cm-panel.cm-panel-lint ul [aria-selected]": { backgroundColor: "var(--sunken)", "& u": { textDecoration: "none" } },
});
