// Loads the editor's element after the page was painted, and not under a learner's hands.
export async function load(address) {
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  await import(new URL(address, document.baseURI));
  while (document.activeElement?.matches(".code textarea")) {
    await new Promise((done) => document.activeElement.addEventListener("blur", done, { once: true }));
  }
}
