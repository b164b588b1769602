import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";

it.each(["keep-indexes.ts", "keep-indexes.test.ts"])(
  "the page on rules shows %s as it is",
  async (name) => {
    const page = await readFile(join(import.meta.dirname, "../../../docs/rules.md"), "utf8");
    const file = await readFile(join(import.meta.dirname, name), "utf8");
    expect(page).toContain("```ts\n" + file + "```\n");
  },
);
