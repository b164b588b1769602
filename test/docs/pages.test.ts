import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { listen } from "../server/listen.ts";
import { placeOf, type Example } from "./example.ts";
import { findExamples, root } from "./find-examples.ts";
import { catchPrinted, notPrinted } from "./printed.ts";
import { openShop, writeShop, type Shop } from "./shop.ts";
import { makeSurroundings } from "./surroundings.ts";
import { writePages } from "./write-examples.ts";

const home = process.cwd();
const folder = await realpath(await mkdtemp(join(tmpdir(), "surql-pages-")));
const server = await listen();
const { pages } = await findExamples();
const code = pages.filter(
  ({ language, text }) => language === "js" || (language === "ts" && !isMigration(text)),
);
const written = await writePages(join(folder, "modules"), code, server.url);

function isMigration(text: string): boolean {
  return text.startsWith("export const metadata");
}

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, maxRetries: 10 });
});

/** The project of a block is the working directory, and the shop is on the server, unless it starts with nothing. */
async function openProject({ project = "shop" }: Example): Promise<Shop | undefined> {
  const directory = await mkdtemp(join(folder, "project-"));
  process.chdir(directory);
  await server.query("REMOVE NAMESPACE IF EXISTS shop");
  if (project === "shop") await writeShop(directory);
  const shop = project === "shop" ? await openShop(server.url) : undefined;
  onTestFinished(async () => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    await shop?.db.close();
    process.chdir(home);
  });
  return shop;
}

it.each(
  written
    .filter(({ example: { language, text } }) => {
      return language === "ts" && !text.includes(`from "vitest"`);
    })
    .map((one) => [placeOf(one.example), one] as const),
)("%s does what it says", async (_place, { example, path, takes }) => {
  const shop = await openProject(example);
  const around = shop === undefined ? {} : await makeSurroundings(takes, shop);
  for (const [name, value] of Object.entries(around)) vi.stubGlobal(name, value);
  const printed = catchPrinted();
  await import(/* @vite-ignore */ path);
  expect(notPrinted(example.text, printed)).toEqual([]);
  if (example.prints !== undefined) expect(printed.join("\n")).toBe(example.prints);
});

describe.each(
  written
    .filter(({ example }) => example.text.includes(`from "vitest"`))
    .map((one) => [placeOf(one.example), one.path] as const),
)("%s", async (_place, path) => {
  await import(/* @vite-ignore */ path);
});

it.each(
  written
    .filter(({ example }) => example.language === "js")
    .map((one) => [placeOf(one.example), one] as const),
)("%s is a command that runs", async (_place, { example, path }) => {
  await openProject(example);
  const { default: command } = (await import(/* @vite-ignore */ path)) as {
    default: { run(argv: readonly string[], options: { root: string }): Promise<unknown> };
  };
  let shown = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text, ...rest) => {
    shown += String(text);
    for (const done of rest) if (typeof done === "function") done();
    return true;
  });
  await command.run(["--json"], { root: join(root, "apps/cli") });
  expect(JSON.parse(shown)).toEqual({ tables: 0 });
});
