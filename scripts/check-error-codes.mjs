// Every error code in the sources stands in docs/errors.md, that page lists no other, and the errors of
// one namespace are made in one package.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./environment.mjs";
import { listFiles } from "./list-files.mjs";

const page = "docs/errors.md";
const source = /^((?:packages|apps)\/[^/]+)\/src\/.*\.ts$/;
const quotedCode = /"([A-Z][A-Z0-9_]*)\.([A-Z][A-Z0-9_]*)"/g;
const codeOnPage = /\b[A-Z][A-Z0-9_]*\.[A-Z][A-Z0-9_]*\b/g;
const comment = /^\s*(\*|\/\/|\/\*)/;

/** @param {string} file */
const read = (file) => {
  const absolute = path.join(root, file);
  return existsSync(absolute) ? readFileSync(absolute, "utf8") : "";
};

/** @type {Set<string>} */
const written = new Set();
/** @type {Map<string, string>} The folder of the package that makes the errors of each namespace. */
const makers = new Map();
/** @type {string[]} */
const problems = [];

const listed = new Set(Array.from(read(page).matchAll(codeOnPage), ([code]) => code));

for (const file of await listFiles()) {
  const folder = source.exec(file)?.[1];
  if (folder === undefined) continue;
  for (const [index, text] of read(file).split("\n").entries()) {
    if (comment.test(text)) continue;
    const place = `${file}:${index + 1}`;
    for (const [, namespace = "", name] of text.matchAll(quotedCode)) {
      const code = `${namespace}.${name}`;
      if (!written.has(code) && !listed.has(code))
        problems.push(`${place} ${code} is not in ${page}`);
      written.add(code);
      if (!/\bcode:/.test(text)) continue;
      if (!makers.has(namespace)) makers.set(namespace, folder);
      const maker = makers.get(namespace);
      if (maker !== folder)
        problems.push(`${place} makes ${code}, but ${namespace} belongs to ${maker}`);
    }
  }
}
for (const code of listed) {
  if (!written.has(code)) problems.push(`${page} lists ${code}, which is nowhere in the sources`);
}

console.log(problems.join("\n") || `${written.size} codes, all in ${page}`);
process.exitCode = problems.length === 0 ? 0 : 1;
