import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, it, vi } from "vitest";
import { placeOf } from "./example.ts";
import { findExamples } from "./find-examples.ts";
import { openShop, writeShop } from "./shop.ts";
import { makeSurroundings, prepare } from "./surroundings.ts";
import { writeDocstrings } from "./write-examples.ts";

const home = process.cwd();
const folder = await realpath(await mkdtemp(join(tmpdir(), "surql-docstrings-")));
const { docstrings } = await findExamples();
const written = await writeDocstrings(join(folder, "examples"), docstrings);
const runnable = written.filter(({ example }) => !/^export /m.test(example.text));

let number = 0;
beforeEach(async () => {
  number += 1;
  const project = join(folder, String(number));
  await writeShop(project);
  process.chdir(project);
  for (const method of ["log", "error", "warn"] as const) {
    vi.spyOn(console, method).mockImplementation(() => {});
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  process.chdir(home);
});
afterAll(() => rm(folder, { recursive: true, maxRetries: 10 }));

it.each(runnable.map((one) => [placeOf(one.example), one] as const))(
  "%s does what it says",
  async (_place, { example, path, takes }) => {
    const needsShop = takes.length > 0 || example.text.includes("readFile(");
    const shop = needsShop ? await openShop("mem://") : undefined;
    if (shop !== undefined) await prepare(example.text, shop);
    const around = shop === undefined ? {} : await makeSurroundings(takes, shop);
    for (const [name, value] of Object.entries(around)) vi.stubGlobal(name, value);
    const module = (await import(/* @vite-ignore */ path)) as { example(): Promise<unknown> };
    const running = module.example();
    if (example.text.startsWith("throw ")) await expect(running).rejects.toThrow();
    else await running;
    await shop?.db.close();
  },
);
