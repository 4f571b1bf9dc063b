// <lifepod-editor>: CodeMirror behind the manner of a text area.
//
// It decides nothing. It shows what it is told (`show`), says what happened, and asks what it
// wants to know, by one event, "told", whose detail has `what` and, for a question, is given an
// `answer`. Offsets are UTF-16 units; lines count from 1.
import { EditorState, Compartment, EditorSelection, Prec } from "@codemirror/state";
import {
  EditorView, keymap, lineNumbers, drawSelection, highlightActiveLine, highlightSpecialChars,
  hoverTooltip, rectangularSelection,
} from "@codemirror/view";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import {
  codeFolding, foldGutter, foldKeymap, indentUnit, syntaxHighlighting, bracketMatching,
} from "@codemirror/language";
import { yaml } from "@codemirror/lang-yaml";
import { autocompletion, completionKeymap, closeBrackets } from "@codemirror/autocomplete";
import { search, searchKeymap } from "@codemirror/search";
import { lintKeymap, setDiagnostics } from "@codemirror/lint";
import { colours, inks } from "./theme.js";
import { shown, showing, margin } from "./shown.js";
import { coded, fieldCard } from "./cards.js";
import { phrases } from "./words.js";

class LifepodEditor extends HTMLElement {
  #view;
  #state;
  #waiting = null;
  #words = new Compartment();
  #spoken = {};

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open", delegatesFocus: true });
    this.#state = (doc) => EditorState.create({ doc, extensions: this.#extensions() });
    this.#view = new EditorView({ state: this.#state(""), root, parent: root });
    this.#view.contentDOM.addEventListener("compositionend", () => setTimeout(() => this.#due()));
  }

  #extensions() {
    const told = (what) => () => { this.#tell(what); return true; };
    return [
      Prec.highest(keymap.of([
        { key: "Mod-Enter", run: told("apply") },
        { key: "Mod-.", run: told("fix") },
        { key: "Alt-ArrowUp", run: () => this.#nudge(1) },
        { key: "Alt-ArrowDown", run: () => this.#nudge(-1) },
      ])),
      margin((line) => this.#tell("open", line)), lineNumbers(), codeFolding(), foldGutter(),
      highlightSpecialChars(), history(), drawSelection(), rectangularSelection(),
      EditorState.allowMultipleSelections.of(true), indentUnit.of("  "),
      yaml(), syntaxHighlighting(inks), bracketMatching(), closeBrackets(), highlightActiveLine(),
      autocompletion({ override: [(at) => this.#complete(at)], icons: false }),
      hoverTooltip((view, at) => this.#field(at)), search({ top: true }), shown,
      keymap.of([...completionKeymap, ...lintKeymap, ...searchKeymap, ...historyKeymap,
        ...foldKeymap, ...defaultKeymap]),
      colours, this.#words.of(this.#wording()),
      EditorView.updateListener.of((update) => this.#updated(update)),
    ];
  }

  #wording() {
    const { label = "", hint = "", list = [], readonly = false } = this.#spoken;
    return [
      EditorState.readOnly.of(readonly),
      EditorState.phrases.of(phrases(list)),
      EditorView.contentAttributes.of({
        "aria-label": label, "aria-description": hint, "aria-keyshortcuts": "Control+Enter",
        spellcheck: "false", autocapitalize: "off",
        // Editable text has the focus anyway; this says so to those who look for the attribute.
        tabindex: "0",
      }),
    ];
  }

  #updated(update) {
    if (update.docChanged) this.#tell("edit");
    const moved = update.selectionSet || update.docChanged || update.focusChanged;
    if (moved && update.view.hasFocus) this.#tell("caret");
  }

  #tell(what, at = this.selectionStart, by = 0) {
    const detail = { what, at, by, answer: null };
    this.dispatchEvent(new CustomEvent("told", { detail }));
    return detail.answer;
  }

  #nudge(by) {
    const answer = this.#tell("nudge", this.selectionStart, by);
    return Boolean(answer);
  }

  #complete(context) {
    if (this.#view.composing) return null;
    const answer = this.#tell("complete", context.pos, context.explicit ? 1 : 0);
    if (!answer) return null;
    const { from, to, options } = JSON.parse(answer);
    const option = ({ label, insert, detail, info, caret, boost }) => ({
      label, detail, info: info || undefined, boost,
      apply: (view, completion, start, end) => view.dispatch({
        changes: { from: start, to: Math.max(end, to), insert },
        selection: { anchor: start + caret }, userEvent: "input.complete", scrollIntoView: true,
      }),
    });
    return { from, options: options.map(option), validFor: /^[\w./-]*$/ };
  }

  async #field(at) {
    const answer = await this.#tell("field", at);
    if (!answer) return null;
    const { from, to, ...field } = JSON.parse(answer);
    return { pos: from, end: to, above: true, create: () => ({ dom: fieldCard(field) }) };
  }

  // What came while a word was being composed.
  #due() {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting) this.#shown(waiting);
  }

  get composing() { return this.#view.composing; }
  get value() { return this.#view.state.doc.toString(); }

  // A text that came from elsewhere; it begins a history of its own.
  set value(text) {
    if (text !== this.value) this.#view.setState(this.#state(text));
  }

  get selectionStart() { return this.#view.state.selection.main.from; }
  get selectionEnd() { return this.#view.state.selection.main.to; }

  setSelectionRange(from, to) {
    const most = this.#view.state.doc.length;
    const selection = EditorSelection.single(Math.min(from, most), Math.min(to, most));
    const effects = EditorView.scrollIntoView(selection.main, { y: "nearest", yMargin: 40 });
    this.#view.dispatch({ selection, effects });
  }

  // A change as if it were typed: undo takes it back. `stays`: the caret stays where it is.
  change(from, to, insert, stays) {
    if (this.#view.state.readOnly) return;
    const selection = stays ? undefined : { anchor: from + insert.length };
    this.#view.dispatch({
      changes: { from, to, insert }, selection, userEvent: "input", scrollIntoView: !stays,
    });
    if (!stays) this.#view.focus();
  }

  focus() { this.#view.focus(); }
  get scrollTop() { return this.#view.scrollDOM.scrollTop; }
  set scrollTop(top) { this.#view.scrollDOM.scrollTop = top; }
  get scrollLeft() { return this.#view.scrollDOM.scrollLeft; }
  set scrollLeft(left) { this.#view.scrollDOM.scrollLeft = left; }

  // Brings a line into view if it is not.
  lineNear(line) {
    const { doc } = this.#view.state;
    const { from } = doc.line(Math.max(1, Math.min(line, doc.lines)));
    this.#view.dispatch({ effects: EditorView.scrollIntoView(from, { y: "nearest", yMargin: 40 }) });
  }

  // Problems, marks, lit and changed lines, what is soon, what is locked. Never while a word is being composed.
  show(json) {
    const told = JSON.parse(json);
    if (this.#view.composing) { this.#waiting = { ...this.#waiting, ...told }; return; }
    this.#shown(told);
  }

  #shown(told) {
    const { state } = this.#view;
    const fix = ({ title, from, to, insert }) => ({
      name: title.replaceAll("`", ""), apply: () => this.change(from, to, insert, false),
    });
    const diagnostic = ({ from, to, level, message, fixes }) => ({
      from: Math.min(from, state.doc.length), to: Math.min(to, state.doc.length),
      severity: level, message, renderMessage: () => coded(message), actions: fixes.map(fix),
    });
    const changes = [{ effects: showing.of(told) }];
    if (told.problems) changes.push(setDiagnostics(state, told.problems.map(diagnostic)));
    this.#view.dispatch(...changes);
  }

  // The words: its name, a hint, CodeMirror's phrases in the order of words.js; `readonly`.
  set words(json) {
    this.#spoken = JSON.parse(json);
    this.#view.dispatch({ effects: this.#words.reconfigure(this.#wording()) });
  }
}

customElements.define("lifepod-editor", LifepodEditor);
