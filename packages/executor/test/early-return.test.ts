import { expect, test } from "vitest";
import { applyMigrations } from "../src/index.ts";
import { createProject } from "./project.ts";

/** Spellings of a RETURN at which the engine (3.0.2) commits a transaction and skips what follows. */
const early = [
  "RETURN 1",
  "{ RETURN 1 }",
  "IF true { RETURN 1 }",
  "FOR $x IN [1] { RETURN $x }",
  "LET $x = { RETURN 1 }",
];

test.each(early)("%s commits early in the raw engine, and is refused by us", async (statement) => {
  await using project = await createProject();
  await project.db.client
    .query(`BEGIN; DEFINE TABLE kept; ${statement}; DEFINE TABLE skipped; COMMIT;`)
    .responses();
  const [info] = await project.db.query("INFO FOR DB");
  expect(Object.keys((info as { tables: object }).tables)).toEqual(["kept"]);

  const migrations = await project.write({
    "1": { up: `DEFINE TABLE a; ${statement}; DEFINE TABLE b;` },
  });
  await expect(applyMigrations(project.db, migrations)).rejects.toMatchObject({
    code: "SAFETY.FORBIDDEN_STATEMENT",
    meta: { migration: "1" },
  });
});

test("a RETURN in the body of a function or a closure is no such thing", async () => {
  await using project = await createProject();
  const up =
    "DEFINE FUNCTION fn::one() { RETURN 1 }; CREATE t:1 SET a = fn::one(), b = { RETURN 2 };";
  const { applied } = await applyMigrations(project.db, await project.write({ "1": { up } }));
  expect(applied).toEqual(["1"]);
  expect(await project.rows("t")).toMatchObject([{ a: 1, b: 2 }]);
});
