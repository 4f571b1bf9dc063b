// What the manifest front costs in Wasm: its size beyond what the page has anyway, and the time
// that 300 lines take. Needs Node and the target wasm32-unknown-unknown.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? join(here, "target");
const options = ["build", "--release", "--target", "wasm32-unknown-unknown"];
execFileSync("cargo", options, { cwd: here, stdio: "inherit" });

const file = (name) =>
  readFileSync(join(target, "wasm32-unknown-unknown", "release", `${name}.wasm`));

// Without names, as the page is shipped.
function stripped(bytes) {
  const leb = (at) => {
    let [value, shift] = [0, 0];
    for (;;) {
      const byte = bytes[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return [value, at];
      shift += 7;
    }
  };
  const parts = [bytes.subarray(0, 8)];
  for (let at = 8; at < bytes.length; ) {
    const [size, body] = leb(at + 1);
    if (bytes[at] !== 0) parts.push(bytes.subarray(at, body + size));
    at = body + size;
  }
  return Buffer.concat(parts);
}

const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
const size = (name) => {
  const bytes = stripped(file(name));
  return [bytes.length, brotliCompressSync(bytes, { params }).length];
};
const [front, structure, base] = [size("front"), size("structure"), size("base")];
console.log(`front  ${front[0]} bytes, brotli ${front[1]}`);
console.log(`structure and validation alone  ${structure[0]} bytes, brotli ${structure[1]}`);
console.log(`base   ${base[0]} bytes, brotli ${base[1]}`);
console.log(`front adds   ${front[0] - base[0]} bytes, brotli ${front[1] - base[1]}`);
const alone = [structure[0] - base[0], structure[1] - base[1]];
console.log(`structure and validation add   ${alone[0]} bytes, brotli ${alone[1]}`);

const wasm = await WebAssembly.instantiate(file("front"), {});
const times = [];
for (let run = 0; run < 200; run += 1) {
  const begin = performance.now();
  wasm.instance.exports.main(0, 0);
  times.push(performance.now() - begin);
}
times.sort((a, b) => a - b);
console.log(`300 lines, read, decoded and validated: median ${times[100].toFixed(2)} ms`);
