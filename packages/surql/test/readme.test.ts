import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

const home = process.cwd();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "surql-"));
  process.chdir(folder);
});
afterEach(async () => {
  process.chdir(home);
  await rm(folder, { recursive: true });
  vi.restoreAllMocks();
});

it("shows an example that does what it says", async () => {
  const printed: unknown[] = [];
  vi.spyOn(console, "log").mockImplementation((line: unknown) => void printed.push(line));
  await import("./readme-example.ts");
  expect(printed).toEqual([
    "applied 1 migration",
    "added user",
    "added user.name",
    "unsafe: 1 record of user",
    "rolled back 1: done",
  ]);
  const readme = await readFile(join(import.meta.dirname, "../README.md"), "utf8");
  const example = await readFile(join(import.meta.dirname, "readme-example.ts"), "utf8");
  expect(readme).toContain("```ts\n" + example + "```\n");
});
