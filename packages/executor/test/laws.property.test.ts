import fc from "fast-check";
import { expect, test } from "vitest";
import { applyMigrations, createRollbackPlan, executeRollback } from "../src/index.ts";
import { createProject, type File, type Project } from "./project.ts";

/** A change of a schema with what undoes it; every name is its own, so any order of them works. */
interface Change {
  readonly up: (n: number) => string;
  readonly down: (n: number) => string;
}

const changes: readonly Change[] = [
  { up: (n) => `DEFINE TABLE t${n} SCHEMAFULL;`, down: (n) => `REMOVE TABLE t${n};` },
  {
    up: (n) =>
      `DEFINE TABLE t${n}; DEFINE FIELD a ON t${n} TYPE option<int>; CREATE t${n}:1 SET a = ${n};`,
    down: (n) => `REMOVE TABLE t${n};`,
  },
  {
    up: (n) => `DEFINE FIELD f${n} ON base TYPE option<string> DEFAULT 'x${n}';`,
    down: (n) => `REMOVE FIELD f${n} ON base;`,
  },
  {
    up: (n) => `DEFINE INDEX i${n} ON base FIELDS f${n}; UPDATE base SET n = ${n};`,
    down: (n) => `REMOVE INDEX i${n} ON base; UPDATE base SET n = 0;`,
  },
  {
    up: (n) => `UPDATE base SET m = ${n}; DEFINE INDEX m${n} ON base FIELDS m;`,
    down: (n) => `REMOVE INDEX m${n} ON base;`,
  },
  {
    up: (n) => `DEFINE FUNCTION fn::f${n}() { RETURN ${n} };`,
    down: (n) => `REMOVE FUNCTION fn::f${n};`,
  },
  { up: (n) => `DEFINE PARAM $p${n} VALUE ${n};`, down: (n) => `REMOVE PARAM $p${n};` },
  {
    up: (n) => `DEFINE EVENT e${n} ON base WHEN $event = 'CREATE' THEN { CREATE log };`,
    down: (n) => `REMOVE EVENT e${n} ON base;`,
  },
];

const base: File = {
  up: "DEFINE TABLE base; DEFINE TABLE log; CREATE base:1 SET n = 0; CREATE base:2 SET n = 1;",
  down: "REMOVE TABLE base; REMOVE TABLE log;",
};

const scripts = fc.array(fc.constantFrom(...changes), { minLength: 1, maxLength: 6 });

function filesOf(script: readonly Change[]): Readonly<Record<string, File>> {
  const files: Record<string, File> = { "00": base };
  for (const [index, change] of script.entries()) {
    const n = index + 1;
    files[String(n).padStart(2, "0")] = { up: change.up(n), down: change.down(n) };
  }
  return files;
}

async function withProject(work: (project: Project) => Promise<void>): Promise<void> {
  const project = await createProject();
  try {
    await work(project);
  } finally {
    await project[Symbol.asyncDispose]();
  }
}

test("down after up is where you were, for every target, and up again is where you came from", async () => {
  await fc.assert(
    fc.asyncProperty(scripts, fc.nat(), (script, pick) =>
      withProject(async (project) => {
        const migrations = await project.write(filesOf(script));
        const sums: string[] = [await project.schemaSum()];
        for (const { version } of migrations) {
          await applyMigrations(project.db, migrations, { to: version });
          sums.push(await project.schemaSum());
        }
        const position = pick % sums.length;
        const target = migrations[position - 1]?.version ?? "base";
        const plan = await createRollbackPlan(project.db, migrations, target);
        const result = await executeRollback(project.db, plan, { force: true });
        expect(result.errors).toEqual([]);
        expect(await project.schemaSum()).toBe(sums[position]);
        await applyMigrations(project.db, migrations);
        expect(await project.schemaSum()).toBe(sums.at(-1));
      }),
    ),
    { numRuns: 25, seed: 20260109 },
  );
});

test("a rollback that fails changes nothing, wherever it fails", async () => {
  await fc.assert(
    fc.asyncProperty(scripts, fc.nat(), (script, pick) =>
      withProject(async (project) => {
        const files = filesOf(script);
        const versions = Object.keys(files).filter((version) => version !== "00");
        const broken = versions[pick % versions.length] ?? "01";
        const file = files[broken] ?? base;
        const failing = { ...file, down: `${file.down ?? ""} REMOVE FIELD nothing ON base;` };
        const migrations = await project.write({ ...files, [broken]: failing });
        await applyMigrations(project.db, migrations);
        const before = [
          await project.schemaSum(),
          await project.versions(),
          await project.rows("base"),
        ];
        const plan = await createRollbackPlan(project.db, migrations, "00");
        const result = await executeRollback(project.db, plan, { force: true });
        expect(result).toMatchObject({
          success: false,
          rolledBack: [],
          errors: [{ migration: broken }],
        });
        const after = [
          await project.schemaSum(),
          await project.versions(),
          await project.rows("base"),
        ];
        expect(after).toEqual(before);
      }),
    ),
    { numRuns: 25, seed: 20260110 },
  );
});
