// CodeMirror's own phrases, in the order in which the page's catalogue has them (EDITOR_WORDS).
const KEYS = [
  "Find", "Replace", "next", "previous", "all", "match case", "by word", "regexp", "replace",
  "replace all", "close", "current match", "on line", "replaced $ matches",
  "replaced match on line $", "Go to line", "go", "Folded lines", "Unfolded lines", "to",
  "folded code", "unfold", "Fold line", "Unfold line", "Completions", "Diagnostics",
  "No diagnostics", "Control character", "Selection deleted",
];

export function phrases(list) {
  return Object.fromEntries(KEYS.map((key, nth) => [key, list[nth] || key]));
}
