// Bundles the editor: `npm ci && node build.mjs` here. The bundle is committed, so that the page
// needs no Node; a test holds the sum below against these sources.
import { build } from "esbuild";
import { readFileSync, readdirSync, writeFileSync, existsSync } from "node:fs";

const out = "../../static/editor";
const bundled = await build({
  entryPoints: ["src/editor.js"], outfile: `${out}/editor.js`, bundle: true, minify: true,
  format: "esm", target: "es2022", legalComments: "none", charset: "utf8", metafile: true,
});

// The licences of what is in the bundle.
const packages = new Set(Object.keys(bundled.metafile.inputs)
  .map((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]).filter(Boolean));
const licences = [...packages].sort().map((name) => {
  const folder = `node_modules/${name}`;
  const { version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = ["LICENSE", "LICENSE.md"].map((f) => `${folder}/${f}`).find(existsSync);
  return `${name} ${version}\n\n${readFileSync(file, "utf8").trim()}\n`;
});
writeFileSync(`${out}/LICENSES.txt`, licences.join(`\n${"-".repeat(72)}\n\n`));

// FNV-1a, 64 bits, over the names and texts of the sources.
const sources = ["build.mjs", "package-lock.json", "package.json",
  ...readdirSync("src").sort().map((name) => `src/${name}`)];
let sum = 0xcbf29ce484222325n;
for (const name of sources) {
  for (const byte of Buffer.from(`${name}\0${readFileSync(name, "utf8")}\0`)) {
    sum = BigInt.asUintN(64, (sum ^ BigInt(byte)) * 0x100000001b3n);
  }
}
writeFileSync(`${out}/sources.txt`, sum.toString(16).padStart(16, "0") + "\n");
