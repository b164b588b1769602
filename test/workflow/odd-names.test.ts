import {
  applyMigrations,
  createRollbackPlan,
  createSnapshot,
  executeRollback,
  loadSnapshot,
  quoteIdentifier,
  unquoteIdentifier,
} from "surql";
import { expect, it } from "vitest";
import { makeProject } from "./project.ts";
import { makeStore } from "./stores.ts";

const names = [
  "my-table",
  "a.b",
  "🦀",
  "naïve",
  "with space",
  "1st",
  "table",
  "field",
  "value",
  "in",
  "index",
  "quo'te",
  'dou"ble',
  "back`tick",
  "back\\slash",
  "⟨angle⟩",
  "semi;colon",
  "-- dash",
  "/* star */",
  "$param",
  "constructor",
];

it.each(names)("%s as a table, a field and an index, there and back", async (name) => {
  await using store = await makeStore("mem");
  await using project = await makeProject();
  await using db = await store.open();
  const quoted = quoteIdentifier(name);
  const migrations = await project.write({
    "1": {
      up: `DEFINE TABLE ${quoted} SCHEMAFULL; CREATE ${quoted}:1; CREATE ${quoted}:2; CREATE ${quoted}:3;`,
      down: `REMOVE TABLE ${quoted};`,
    },
    "2": {
      up: `DEFINE FIELD ${quoted} ON ${quoted} TYPE option<string>;
DEFINE INDEX ${quoted} ON ${quoted} FIELDS ${quoted};
UPDATE ${quoted}:1 SET ${quoted} = 'x'; UPDATE ${quoted}:2 SET ${quoted} = 'y';`,
      down: `REMOVE INDEX ${quoted} ON ${quoted}; REMOVE FIELD ${quoted} ON ${quoted};`,
    },
  });
  await applyMigrations(db, migrations, { autoSnapshot: true });
  const head = await createSnapshot(db, { version: "head" });
  expect(head.tables[name]?.indexes[name]).toContain("DEFINE INDEX");

  const half = await createRollbackPlan(db, migrations, "1");
  // The name of a field is a path, in which the engine quotes what is not plain.
  const [path = ""] = Object.keys(head.tables[name]?.fields ?? {});
  expect(unquoteIdentifier(path)).toBe(name);
  const field = { kind: "field", table: name, name: path };
  expect(half.issues.map(({ code, object, impact }) => ({ code, object, impact }))).toEqual([
    { code: "field_removed", object: field, impact: { records: 2, exact: true } },
    // The engine minds no value in a field of this name: an edge has one.
    ...(name === "in"
      ? []
      : [{ code: "writes_blocked", object: field, impact: { records: 2, exact: true } }]),
  ]);
  expect(await executeRollback(db, half, { force: true })).toMatchObject({ success: true });
  const back = await createSnapshot(db, { version: "back" });
  expect(back.checksum).toBe((await loadSnapshot(db, "1"))?.checksum);

  const whole = await createRollbackPlan(db, migrations, "base");
  expect(whole.issues.map(({ code, object, impact }) => ({ code, object, impact }))).toEqual([
    { code: "table_removed", object: { kind: "table", name }, impact: { records: 3, exact: true } },
  ]);
  expect(await executeRollback(db, whole, { force: true })).toMatchObject({ success: true });
  await applyMigrations(db, migrations);
  expect((await createSnapshot(db, { version: "again" })).checksum).toBe(head.checksum);
});
