// Small cards: what they say came from the page.

function element(name, className, ...inside) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...inside);
  return made;
}

// Text in which what stands between backticks is code.
export function coded(text) {
  const pieces = text.split("`").map((piece, nth) => (nth % 2 ? element("code", "", piece) : piece));
  return element("span", "", ...pieces);
}

// A field: its path, rows of a name and a value, our words, the official ones.
export function fieldCard({ title, rows, texts }) {
  const row = ([name, value]) => element("div", "row", element("span", "name", name), coded(value));
  const text = ([lang, words]) => {
    const made = element("p", "", coded(words));
    made.lang = lang;
    return made;
  };
  return element("div", "field-card", element("code", "title", title), ...rows.map(row), ...texts.map(text));
}
