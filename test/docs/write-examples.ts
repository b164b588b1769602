import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Example } from "./example.ts";
import { root } from "./find-examples.ts";
import { surroundings } from "./surroundings.ts";
import { takenNames, writeModule, type Export, type Exports } from "./write-module.ts";
import { writePageModule } from "./write-page-module.ts";

const exported =
  /^export (?:async )?(?:abstract )?(?<kind>function|const|class|interface|type) (?<name>\w+)/gm;
const platform = {
  readFile: "node:fs/promises",
  writeFile: "node:fs/promises",
  randomUUID: "node:crypto",
} as const;

/** A module that was written for an example. */
export interface WrittenExample {
  readonly example: Example;
  readonly path: string;
  /** The names that it takes from its surroundings. */
  readonly takes: readonly string[];
}

function exportsIn(text: string, from: string): readonly (readonly [string, Export])[] {
  return Array.from(text.matchAll(exported), ({ groups: { kind = "", name = "" } = {} }) => {
    return [name, { from, isType: kind === "interface" || kind === "type" }] as const;
  });
}

const facade: Exports = new Map(
  Object.keys((await import("surql")) as object).map((name) => [
    name,
    { from: join(root, "packages/surql/src/index.ts"), isType: false },
  ]),
);

/** What a docstring of this file can name: what the file itself exports, and what the facade does. */
async function exportsFor(file: string): Promise<Exports> {
  const cli = { from: join(root, "apps/cli/src/index.ts"), isType: false };
  const own = join(root, file);
  return new Map([
    ...Object.entries(platform).map(([name, from]) => [name, { from, isType: false }] as const),
    ...facade,
    ...(file.startsWith("apps/cli/") ? [["DatabaseCommand", cli] as const] : []),
    ...exportsIn(await readFile(own, "utf8"), own),
  ]);
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), `{ "type": "module" }`);
}

/** Writes the examples of docstrings into a folder, each as a module that can be checked and run. */
export async function writeDocstrings(
  folder: string,
  examples: readonly Example[],
): Promise<readonly WrittenExample[]> {
  await makeFolder(folder);
  return Promise.all(
    examples.map(async (example, at) => {
      const { source, takes } = writeModule(example, await exportsFor(example.file), surroundings);
      const path = join(folder, `${at}.ts`);
      await writeFile(path, source);
      return { example, path, takes };
    }),
  );
}

/** Writes the code of pages into a folder, each block as a module. */
export async function writePages(
  folder: string,
  examples: readonly Example[],
  server: string,
): Promise<readonly WrittenExample[]> {
  await makeFolder(folder);
  const written: WrittenExample[] = [];
  for (const [at, example] of examples.entries()) {
    const { file, language, text } = example;
    const path = join(folder, `${at}.${language}`);
    const samePage = written.filter((one) => one.example.file === file);
    const earlier = samePage.flatMap((one) => exportsIn(one.example.text, one.path));
    const before = samePage.at(-1)?.path ?? "";
    const exports = new Map([...facade, ...earlier]);
    await writeFile(path, writePageModule(text, { before, server, exports }));
    written.push({ example, path, takes: takenNames(text, surroundings) });
  }
  return written;
}
