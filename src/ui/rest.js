// The second half of the program (see src/ui/rest.rs). The tag that starts the page says where it
// is; a page without a second half has all in the first.
const tag = document.querySelector("script[data-rest]");
const address = tag && new URL(tag.dataset.rest, document.baseURI);
const AGAIN_MS = 2000;

let first;
let loaded = !address;

function join(module) {
  if (!loaded) {
    new WebAssembly.Instance(module, { f: first });
    loaded = true;
    say(false);
  }
}

function say(missing) {
  document.getElementById("rest-missing")?.toggleAttribute("hidden", !missing);
}

export async function begin(exports) {
  first = exports;
  while (!loaded) {
    try {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      join(await WebAssembly.compile(await answer.arrayBuffer()));
    } catch (error) {
      console.warn(error);
      say(true);
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  }
}

export function here() {
  return loaded;
}

// Loads it while everything waits.
export function need() {
  if (loaded) return;
  const request = new XMLHttpRequest();
  request.open("GET", address, false);
  // A request that waits gives text only; so each byte is one character.
  request.overrideMimeType("text/plain; charset=x-user-defined");
  request.send();
  if (request.status !== 200) {
    say(true);
    throw new Error(`${address}: ${request.status}`);
  }
  join(new WebAssembly.Module(Uint8Array.from(request.responseText, (c) => c.charCodeAt(0))));
}
