import { realpathSync } from "node:fs";
import { join } from "node:path";
import { root } from "./find-examples.ts";
import { surroundings } from "./surroundings.ts";
import { takenNames, writeImport, type Exports } from "./write-module.ts";

/** What a block of a page stands among. */
export interface PageModuleOptions {
  /** The module of the block before it. */
  readonly before: string;
  /** Where there is a server. */
  readonly server: string;
  /** What it can name without importing it. */
  readonly exports: Exports;
}

/** The source of a package by the name that pages import it by. */
function sourceOf(name: string): string {
  // By its real path, as its types look for others beside themselves.
  if (name === "vitest") return realpathSync(join(root, "node_modules/vitest/dist/index.js"));
  if (name === "@surql/cli") return join(root, "apps/cli/src/index.ts");
  const [scope = "", rest] = name.split("/");
  const path = scope === "surql" ? `surql/src/${rest ?? "index"}.ts` : `${rest}/src/index.ts`;
  return join(root, "packages", path);
}

const specifier = /(?<=from )"((?:@surql\/|surql\b|vitest\b|\.\/)[^"]*)"/g;

/**
 * Writes the module of a page's block. It stays as it is written, but for the addresses: packages are read from their
 * sources, a file beside it is the block before, `ws://localhost:8000` is a server of its own.
 */
export function writePageModule(text: string, options: PageModuleOptions): string {
  const { before, server, exports } = options;
  const isWhole = /^import /m.test(text);
  const imported = isWhole ? [] : [...exports.keys()].filter((name) => text.includes(name));
  const types = JSON.stringify(join(import.meta.dirname, "surroundings.ts"));
  return [
    ...imported.map((name) => writeImport(name, exports.get(name))),
    ...takenNames(text, surroundings).map(
      (name) => `declare const ${name}: import(${types}).Surroundings["${name}"];`,
    ),
    text
      .replaceAll(specifier, (_, name: string) =>
        JSON.stringify(name.startsWith("./") ? before : sourceOf(name)),
      )
      .replaceAll("ws://localhost:8000", server),
    "export {};",
    "",
  ].join("\n");
}
