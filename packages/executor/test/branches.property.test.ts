import fc from "fast-check";
import { captureSchema, compareSchemas, type SchemaChange } from "@surql/snapshot";
import { expect, it } from "vitest";
import { applyMigrations, createRollbackPlan, executeRollback } from "../src/index.ts";
import { createProject, type File } from "./project.ts";

/** A change and what undoes it, rightly or not. */
const change = fc
  .record({
    table: fc.constantFrom("a", "b", "base"),
    what: fc.constantFrom("table", "field", "comment", "index"),
    type: fc.constantFrom("string", "int"),
    isUndone: fc.boolean(),
  })
  .map(({ table, what, type, isUndone }): Pick<File, "up" | "down"> => {
    const [up, down] = {
      table: [`DEFINE TABLE IF NOT EXISTS ${table}`, `REMOVE TABLE IF EXISTS ${table}`],
      field: [
        `DEFINE FIELD OVERWRITE f ON ${table} TYPE option<${type}>`,
        `REMOVE FIELD IF EXISTS f ON ${table}`,
      ],
      comment: [
        `DEFINE TABLE OVERWRITE ${table} COMMENT '${type}'`,
        `DEFINE TABLE OVERWRITE ${table}`,
      ],
      index: [
        `DEFINE INDEX OVERWRITE i ON ${table} FIELDS f${type}`,
        `REMOVE INDEX IF EXISTS i ON ${table}`,
      ],
    }[what] as [string, string];
    return { up: `${up};`, down: isUndone ? `${down};` : "LET $nothing = 1;" };
  });

it("gives what the other branch gives by itself, or says that it does not", async () => {
  const seen = { independent: 0, not: 0 };
  await fc.assert(
    fc.asyncProperty(change, change, fc.boolean(), async (one, other, isFirst) => {
      const base: File = { up: "DEFINE TABLE base;", down: "REMOVE TABLE base;" };
      const staying = { ...other, dependsOn: ["1"] };
      await using alone = await createProject();
      const objects = async (): Promise<readonly SchemaChange[]> =>
        compareSchemas({ tables: {}, edges: {}, objects: {} }, await captureSchema(alone.db));
      await applyMigrations(alone.db, await alone.write({ "1": base }));
      const before = await objects();
      await applyMigrations(alone.db, await alone.write({ "1": base, "3": staying }));
      const after = await objects();
      const paths = [...before, ...after]
        .map(({ path }) => path)
        .filter((path) => textOf(before, path) !== textOf(after, path));

      await using project = await createProject();
      const goes = isFirst ? "2" : "4";
      const migrations = await project.write({
        "1": base,
        "3": staying,
        [goes]: { ...one, dependsOn: ["1"] },
      });
      await applyMigrations(project.db, migrations);
      const plan = await createRollbackPlan(project.db, migrations, "1", { branch: goes });
      await executeRollback(project.db, plan, { migrations, force: true });
      const left = compareSchemas(
        { tables: {}, edges: {}, objects: {} },
        await captureSchema(project.db),
      );
      const isSame = paths.every((path) => textOf(left, path) === textOf(after, path));
      const isSaid = plan.issues.some(({ code }) => code === "not_independent");
      expect(isSaid).toBe(!isSame);
      seen[isSaid ? "not" : "independent"] += 1;
    }),
    { seed: 1, numRuns: 40 },
  );
  expect(seen.independent).toBeGreaterThan(0);
  expect(seen.not).toBeGreaterThan(0);
});

function textOf(all: readonly SchemaChange[], path: string): string | undefined {
  return all.find((object) => object.path === path)?.after;
}
