// What the page tells about lines: marks in the margin, lit and changed lines, what is soon.
import { StateEffect, StateField, RangeSetBuilder, RangeSet } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, WidgetType, gutter } from "@codemirror/view";

export const showing = StateEffect.define();

class Chip extends WidgetType {
  constructor(text, name) { super(); this.text = text; this.name = name; }
  eq(other) { return other.text === this.text && other.name === this.name; }
  toDOM() {
    const made = document.createElement("span");
    made.className = this.name;
    made.setAttribute("aria-hidden", "true");
    made.textContent = this.text;
    return made;
  }
  ignoreEvent() { return true; }
}

const FORMS = {
  error: "M8 5.2 12.8 10 8 14.8 3.2 10z",
  warning: "M8 5.6 12.6 14H3.4z",
  info: "M8 7a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
};

class Mark extends GutterMarker {
  constructor(mark) { super(); this.mark = mark; }
  eq(other) { return other.mark.label === this.mark.label && other.mark.level === this.mark.level; }
  toDOM() {
    const { level, label, line } = this.mark;
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    title.textContent = label;
    path.setAttribute("d", FORMS[level]);
    svg.setAttribute("viewBox", "0 0 16 20");
    svg.setAttribute("class", `mark ${level}`);
    svg.setAttribute("role", "button");
    svg.setAttribute("aria-label", label);
    svg.setAttribute("data-testid", `mark-${line}`);
    svg.append(title, path);
    return svg;
  }
}

// Lines that are there; a text may be shorter already.
function starts(doc, lines) {
  return lines.filter((n) => n >= 1 && n <= doc.lines).map((n) => doc.line(n).from);
}

function decorated(doc, told) {
  const all = [];
  for (const [lines, name] of [[told.lit, "cm-lit"], [told.acting, "cm-acting"], [told.changed, "cm-changed"]]) {
    for (const from of starts(doc, lines)) all.push(Decoration.line({ class: name }).range(from));
  }
  if (told.open) {
    const open = new Set(told.open);
    for (let line = 1; line <= doc.lines; line += 1) {
      const name = open.has(line) ? "cm-open" : "cm-locked";
      all.push(Decoration.line({ class: name }).range(doc.line(line).from));
    }
  }
  for (const [chips, name] of [[told.broken, "cm-soon cm-broken"], [told.soon, "cm-soon"]]) {
    for (const { line, text } of chips) {
      if (line < 1 || line > doc.lines) continue;
      const widget = Decoration.widget({ widget: new Chip(text, name), side: 1 });
      all.push(widget.range(doc.line(line).to));
    }
  }
  return Decoration.set(all, true);
}

function marked(doc, told) {
  const builder = new RangeSetBuilder();
  for (const mark of told.marks) {
    if (mark.line <= doc.lines) {
      const { from } = doc.line(mark.line);
      builder.add(from, from, new Mark(mark));
    }
  }
  return builder.finish();
}

// `show` may tell a part only: the rest stays.
const field = StateField.define({
  create: () => ({
    told: { marks: [], lit: [], acting: [], changed: [], soon: [], open: null, broken: [] },
    decorations: Decoration.none, marks: RangeSet.empty,
  }),
  update(value, transaction) {
    let { told, decorations, marks } = value;
    if (transaction.docChanged) {
      decorations = decorations.map(transaction.changes);
      marks = marks.map(transaction.changes);
    }
    for (const effect of transaction.effects) {
      if (!effect.is(showing)) continue;
      const { doc } = transaction.state;
      told = { ...told, ...effect.value };
      decorations = decorated(doc, told);
      if (effect.value.marks) marks = marked(doc, told);
    }
    return { told, decorations, marks };
  },
  provide: (from) => EditorView.decorations.from(from, (value) => value.decorations),
});

export const shown = field;

// The margin: a form for each level. A click opens what it is about.
export function margin(open) {
  return gutter({
    class: "cm-margin",
    markers: (view) => view.state.field(field).marks,
    initialSpacer: () => new Mark({ level: "info", label: "", line: 0 }),
    domEventHandlers: {
      mousedown(view, block) {
        const line = view.state.doc.lineAt(block.from).number;
        const has = view.state.field(field).told.marks.some((mark) => mark.line === line);
        if (has) open(line);
        return has;
      },
    },
  });
}
