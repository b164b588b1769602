import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Example } from "./example.ts";
import { readDocstrings } from "./read-docstrings.ts";
import { readPage } from "./read-page.ts";

/** The root of the repository. */
export const root: string = join(import.meta.dirname, "../..");

/** Where examples stand: the pages for people who use the packages, and the docstrings of all sources. */
const folders = ["docs", "packages", "apps", "examples", "benchmarks"];
const isPage =
  /^(?:docs\/[^/]+|(?:packages|apps|examples)\/[^/]+\/README|[^/]+|benchmarks\/README)\.md$/;
const isSource = /^(?:packages|apps)\/[^/]+\/src\/.*\.ts$/;

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) return [path];
      const isOurs = folder !== "" || folders.includes(entry.name);
      return isOurs && !/^(?:node_modules|dist|\..*)$/.test(entry.name) ? filesIn(path) : [];
    }),
  );
  return found.flat().toSorted((a, b) => (a < b ? -1 : 1));
}

/** Every example of the documentation. */
export async function findExamples(): Promise<{
  readonly pages: readonly Example[];
  readonly docstrings: readonly Example[];
}> {
  const files = await filesIn("");
  const read = async (those: RegExp, reader: typeof readPage): Promise<readonly Example[]> => {
    const chosen = files.filter((file) => those.test(file));
    const texts = await Promise.all(chosen.map((file) => readFile(join(root, file), "utf8")));
    return texts.flatMap((text, at) => reader(chosen[at] ?? "", text));
  };
  return { pages: await read(isPage, readPage), docstrings: await read(isSource, readDocstrings) };
}
