import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { digest } from "../workflow/digest.ts";
import { reading, writing, type Case } from "./reading/cases.ts";
import { openIn, prepareProject, urlIn } from "./reading/prepare-project.ts";
import { buildProgram, manifest, runProgram } from "./reading/run-program.ts";

let folder: string;
let before: readonly string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "surql-reading-"));
  await buildProgram();
  await prepareProject(join(folder, "project"));
  before = await digestOf(join(folder, "project"));
}, 240_000);
afterAll(() => rm(folder, { recursive: true, maxRetries: 10 }));

/** All that is in the store: the databases, the empty one included, and the lock, which nobody may take. */
async function digestOf(project: string): Promise<readonly string[]> {
  const texts: string[] = [];
  for (const name of ["main", "half-way", "empty"]) {
    await using db = await openIn(project, name);
    texts.push(...(await digest(db)));
    if (name === "main")
      texts.push(JSON.stringify(await db.query("SELECT * FROM _migration_lock")));
  }
  return texts;
}

/** Runs a command on a store of its own. */
async function run(
  id: string,
  { argv, database = "main", exits = 0 }: Case,
  index: number,
): Promise<unknown> {
  const project = join(folder, `${id.replaceAll(":", "-")}-${index}`);
  await cp(join(folder, "project"), project, { recursive: true });
  const env = { SURQL_URL: urlIn(project), SURQL_NAMESPACE: "library", SURQL_DATABASE: database };
  const { exitCode, output } = await runProgram(
    [...id.split(":"), ...argv, "--json"],
    project,
    env,
  );
  const after = await digestOf(project);
  const changed = after.filter((text, position) => text !== before[position]);
  const command = `${id} ${argv.join(" ")} (${database})`;
  if (exitCode !== exits) return { command, exitCode, output };
  return changed.length > 0 || after.length !== before.length ? { command, changed } : undefined;
}

it("knows every command, and tries everything that can only be tried", async () => {
  const { commands } = JSON.parse(await readFile(manifest, "utf8")) as {
    readonly commands: Readonly<
      Record<string, { readonly flags: Readonly<Record<string, unknown>> }>
    >;
  };
  // A new command has to be put into one of the two lists.
  expect(Object.keys(commands).toSorted()).toEqual(
    [...Object.keys(reading), ...writing].toSorted(),
  );
  const withDryRun = Object.keys(commands).filter(
    (id) => commands[id]?.flags["dry-run"] !== undefined,
  );
  expect(withDryRun.length).toBeGreaterThan(2);
  for (const id of withDryRun) {
    expect(
      reading[id]?.some(({ argv }) => argv.includes("--dry-run")),
      id,
    ).toBe(true);
  }
});

it("leaves the whole database as it is with every command that only reads or tries", async () => {
  const cases = Object.entries(reading).flatMap(([id, some]) =>
    some.map((one, index) => () => run(id, one, index)),
  );
  const wrong: unknown[] = [];
  const left = cases.values();
  const lane = async (): Promise<void> => {
    for (const work of left) wrong.push(await work());
  };
  await Promise.all([lane(), lane()]);
  expect(wrong.filter((one) => one !== undefined)).toEqual([]);
}, 600_000);
