import { captureSchema, schemaChecksum } from "@surql/snapshot";
import { describe, expect, test } from "vitest";
import { builtInRules, rehearseSteps } from "../../src/index.ts";
import { collectFindings } from "../../src/collect-findings.ts";
import { readLiveSchema } from "../../src/live-schema.ts";
import { rehearsedTouches } from "../../src/rehearsal/rehearsed-touches.ts";
import { openDatabase } from "../open-database.ts";
import { stepsOf } from "../steps-of.ts";

const live = `
  DEFINE TABLE post; DEFINE TABLE audit; CREATE post:1; CREATE post:2;
  DEFINE FUNCTION fn::clean() { REMOVE TABLE post; };`;

describe("a rehearsal alone shows that a table goes, whatever the statements seem to say", () => {
  test.each<[string, string]>([
    ["a function", "fn::clean();"],
    ["a loop", "FOR $t IN ['post'] { REMOVE TABLE $t };"],
    ["a branch", "IF true { REMOVE TABLE post };"],
    ["a closure", "LET $f = || { REMOVE TABLE post }; $f();"],
    ["an event", "DEFINE EVENT e ON audit THEN { REMOVE TABLE post }; CREATE audit;"],
    ["a parameter", "DEFINE PARAM $p VALUE (REMOVE TABLE post);"],
  ])("%s", async (_, down) => {
    await using db = await openDatabase();
    await db.query(live);
    const schema = await captureSchema(db);
    const before = schemaChecksum(schema);
    const steps = stepsOf("DEFINE TABLE x", down);

    const rehearsal = await rehearseSteps(db, steps, { schema });

    if (rehearsal.ground === "none") throw new Error(rehearsal.why);
    expect(rehearsal).toMatchObject({ ground: "scratch", failures: [], omitted: [] });
    // Nothing was read: the rules see the changes of the schema, and no statement.
    const { touches } = rehearsedTouches([], rehearsal);
    const found = collectFindings(steps, touches, {
      rules: builtInRules,
      live: readLiveSchema(schema),
      direction: "down",
    });
    expect(found.at(-1)).toMatchObject({
      step: { migration: "2" },
      finding: { safety: "unsafe", code: "table_removed", object: { name: "post" } },
    });
    expect(schemaChecksum(await captureSchema(db))).toBe(before);
    expect(await db.query("SELECT VALUE id FROM post")).toEqual([
      [expect.anything(), expect.anything()],
    ]);
  });
});

test("what a scratch engine cannot hold is named, and the rest is rehearsed", async () => {
  await using db = await openDatabase();
  await db.query(live);
  const schema = await captureSchema(db);
  const withBucket = {
    ...schema,
    objects: { ...schema.objects, buckets: { files: "DEFINE BUCKET files BACKEND 'memory'" } },
  };
  const steps = stepsOf("REMOVE BUCKET files; REMOVE TABLE post;");
  const rehearsal = await rehearseSteps(db, steps, { schema: withBucket });
  expect(rehearsal).toMatchObject({ ground: "scratch", omitted: ["bucket files"], failures: [] });
});

test("views are built in whatever order they need", async () => {
  await using db = await openDatabase();
  await db.query(`DEFINE TABLE source; DEFINE TABLE zoom AS SELECT id, a FROM source;
    DEFINE TABLE aview AS SELECT id, a FROM zoom;`);
  const schema = await captureSchema(db);
  const rehearsal = await rehearseSteps(db, stepsOf("REMOVE TABLE aview"), { schema });
  expect(rehearsal).toMatchObject({
    omitted: [],
    failures: [],
    segments: [{ changes: [{ path: "aview" }] }],
  });
});

test("a sample is copied as it is", async () => {
  await using db = await openDatabase();
  await db.query(`
    DEFINE TABLE user SCHEMAFULL; DEFINE FIELD n ON user TYPE int; CREATE user:1 SET n = 1; CREATE user:2 SET n = 2;
    REMOVE FIELD n ON user; DEFINE FIELD n ON user TYPE string READONLY;
    DEFINE EVENT e ON user THEN { THROW 'no' };
    DEFINE TABLE knows TYPE RELATION IN user OUT user; RELATE user:1->knows:1->user:2;`);
  const schema = await captureSchema(db);
  const probe = `
    IF (SELECT VALUE n FROM user ORDER BY n) != [1, 2] { THROW 'records' };
    IF user:1->knows->user != [user:2] { THROW 'edges' };`;
  expect(await rehearseSteps(db, stepsOf(probe), { schema, sample: 5 })).toMatchObject({
    failures: [],
    omitted: [],
  });
});

test("a statement that does not end is given up", async () => {
  await using db = await openDatabase();
  const schema = await captureSchema(db);
  const rehearsal = await rehearseSteps(db, stepsOf("SLEEP 1h"), { schema });
  if (rehearsal.ground === "none") throw new Error(rehearsal.why);
  expect([...rehearsal.unproven.values()]).toEqual([
    expect.stringContaining("exceeded the timeout"),
  ]);
});
