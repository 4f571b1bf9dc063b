// Starts the Wasm. A file, because the page's Content-Security-Policy allows no inline script;
// the tag that loads it says where the program is, under names that change with its content.
const tag = document.querySelector("script[data-wasm]");
const at = (name) => new URL(tag.dataset[name], document.baseURI);

// The page's words are fetched along with the program, not after it. The program chooses the
// language itself; if it chooses another, the wrong file was fetched and no more. (What is kept
// is out of reach where the browser denies storage.)
try {
  const kept = () => { try { return localStorage.getItem("lifepod.lang") } catch { return null } };
  const lang = new URLSearchParams(location.search).get("lang") || kept() || navigator.language;
  const words = document.createElement("link");
  Object.assign(words, { rel: "preload", as: "fetch", crossOrigin: "anonymous" });
  words.href = `./static/texts/${/^zh\b/.test(lang) ? "zh" : "en"}.json`;
  document.head.append(words);

  const { default: init } = await import(at("js"));
  await init({ module_or_path: at("wasm") });
} catch (error) {
  // The page may hold a hidden note for a browser that cannot run it.
  document.getElementById("boot-failed")?.removeAttribute("hidden");
  throw error;
}
