import { mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { placeOf, type Example } from "./example.ts";
import { findExamples, root } from "./find-examples.ts";
import { notRun } from "./not-run.ts";
import { makePageProject, type PageProject } from "./page-project.ts";
import { readCommands, type TypedCommand } from "./read-commands.ts";
import { buildSurql } from "./run-program.ts";

const folder = await realpath(await mkdtemp(join(tmpdir(), "surql-commands-")));
const { pages } = await findExamples();
const blocks = pages.filter(({ language }) => language === "sh" || language === "console");
const isOurs = /^(?:npx )?surql /;
const lines = blocks.flatMap((block) => readCommands(block).map(({ text }) => text));

beforeAll(buildSurql, 240_000);
afterAll(() => rm(folder, { recursive: true, maxRetries: 10 }));

const projects = new Map<string, Promise<PageProject>>();

/** The project of a block: one for all blocks of its page that ask for the same. The marketplace is large, and one for all. */
function projectOf({ file, project = "empty" }: Example): Promise<PageProject> {
  const key = project === "marketplace" ? project : `${file} ${project}`;
  const found = projects.get(key) ?? makePageProject(project, folder);
  projects.set(key, found);
  return found;
}

/** Times differ from run to run. */
function withoutTimes(text: string): string {
  return text.replaceAll(/\babout [\d.,]+ m?s\b/g, "about …").trimEnd();
}

/** The lines that a page shows and the program did not print, in this order. */
function missing(shown: readonly string[], output: string): readonly string[] {
  const printed = output.split("\n").map(withoutTimes);
  let at = 0;
  return shown.map(withoutTimes).filter((line) => {
    const found = printed.indexOf(line, at);
    if (found !== -1) at = found + 1;
    return found === -1;
  });
}

async function expectToRun(block: Example, command: TypedCommand): Promise<void> {
  const { isAlternative } = command;
  const project = await (isAlternative
    ? makePageProject(block.project ?? "empty", folder)
    : projectOf(block));
  const { exitCode, output } = await project.run(command.text);
  expect({ command: command.text, exitCode }, output).toEqual({
    command: command.text,
    exitCode: command.exitCode,
  });
  expect(missing(command.shown, output), output).toEqual([]);
}

it.each(
  pages.flatMap((block) => {
    const commands = blocks.includes(block) ? readCommands(block) : [];
    const ours = commands.filter(({ text }) => isOurs.test(text));
    return ours.length > 0 || block.path !== undefined
      ? [[placeOf(block), block, ours] as const]
      : [];
  }),
)("%s does what it says", async (_place, block, commands) => {
  if (block.path !== undefined) await (await projectOf(block)).write(block.path, block.text);
  for (const command of commands) await expectToRun(block, command);
});

it("runs every line but those of a short list", () => {
  const left = lines.filter((line) => !isOurs.test(line));
  expect(left.filter((line) => !notRun.some(({ begins }) => line.startsWith(begins)))).toEqual([]);
  const needless = notRun.filter(({ begins }) => !left.some((line) => line.startsWith(begins)));
  expect(needless).toEqual([]);
  expect(notRun.length).toBeLessThanOrEqual(8);
});

it("names scripts that there are, and packages of this repository or that it needs", async () => {
  const { scripts } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const called = lines.flatMap((line) => /^npm run ([\w:]+)/.exec(line)?.[1] ?? []);
  expect(called.filter((name) => !(name in scripts))).toEqual([]);

  const installed = new Set(
    lines
      .filter((line) => line.startsWith("npm install "))
      .flatMap((line) => line.split(" ").filter((word) => /surql/.test(word))),
  );
  for (const name of installed) {
    const place = name === "@surql/cli" ? "apps/cli" : `packages/${name.replace("@surql/", "")}`;
    const text = await readFile(join(root, place, "package.json"), "utf8");
    expect((JSON.parse(text) as { name: string }).name).toBe(name);
  }
});
