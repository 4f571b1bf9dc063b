// Starts the Wasm. A file, because the page's Content-Security-Policy allows no inline script;
// the tag that loads it says where the program is, under names that change with its content.
const tag = document.querySelector("script[data-wasm]");
const at = (name) => new URL(tag.dataset[name], document.baseURI);

try {
  const { default: init } = await import(at("js"));
  await init({ module_or_path: at("wasm") });
} catch (error) {
  // The page may hold a hidden note for a browser that cannot run it.
  document.getElementById("boot-failed")?.removeAttribute("hidden");
  throw error;
}
