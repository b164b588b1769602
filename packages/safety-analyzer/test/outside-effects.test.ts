import { afterEach, beforeEach, expect, test } from "vitest";
import type { Database } from "@surql/connection";
import { captureSchema } from "@surql/snapshot";
import { outsideEffects } from "../src/index.ts";
import { openDatabase } from "./open-database.ts";
import { stepsOf } from "./steps-of.ts";

let db: Database;
beforeEach(async () => {
  db = await openDatabase();
});
afterEach(() => db.close());

async function found(schema: string, script: string): Promise<readonly string[]> {
  if (schema !== "") await db.query(schema);
  const effects = outsideEffects(stepsOf(script), await captureSchema(db));
  return effects.map(({ by, does }) => (by === undefined ? does : `${by} ${does}`));
}

const post = "http::post('http://localhost:9', {})";

test.each([
  ["a call", "", `RETURN 1; CREATE t SET a = ${post}`, "calls http::post"],
  [
    "a sequence",
    "DEFINE SEQUENCE s",
    "UPDATE t SET a = sequence::nextval('s')",
    "calls sequence::nextval",
  ],
  ["a parameter that is computed", "", `DEFINE PARAM $p VALUE ${post}`, "calls http::post"],
  ["a script", "", "RETURN function() { return 1; }", "calls function"],
  ["a stored closure", "DEFINE PARAM $f VALUE 1", "RETURN $f(1)", "calls $f"],
  ["a grant", "", "ACCESS a ON DATABASE GRANT FOR USER ada", "holds ACCESS GRANT"],
  ["a live query", "DEFINE TABLE t", "LIVE SELECT * FROM t", "holds LIVE"],
  [
    "an index inside of a block",
    "DEFINE TABLE t",
    "IF true { DEFINE INDEX i ON t FIELDS a }",
    "builds the index t.i inside of other code",
  ],
  [
    "a function",
    `DEFINE FUNCTION fn::a() { fn::b() }; DEFINE FUNCTION fn::b() { ${post} }`,
    "RETURN fn::a()",
    "the function fn::a calls http::post",
  ],
  [
    "a function that defines an index",
    "DEFINE FUNCTION fn::a() { DEFINE INDEX OVERWRITE i ON t FIELDS a }",
    "fn::a()",
    "the function fn::a builds the index t.i inside of other code",
  ],
  [
    "a function that is not there",
    "",
    "fn::a()",
    "the function fn::a runs fn::a, whose code is not known",
  ],
  [
    "an event",
    `DEFINE EVENT e ON t WHEN true THEN (${post})`,
    "UPDATE t SET a = 1",
    "the event t.e calls http::post",
  ],
  [
    "an event of the plan",
    "DEFINE TABLE t",
    `DEFINE EVENT e ON t WHEN true THEN (${post}); UPDATE t SET a = 1`,
    "the event t.e calls http::post",
  ],
  [
    "an event of a table that an event writes to",
    `DEFINE EVENT e ON t WHEN true THEN (CREATE u); DEFINE EVENT f ON u WHEN true THEN (${post})`,
    "UPDATE t SET a = 1",
    "the event u.f calls http::post",
  ],
  [
    "an event of edges that go with their records",
    `DEFINE TABLE r TYPE RELATION; DEFINE EVENT e ON r WHEN true THEN (${post})`,
    "DELETE t",
    "the event r.e calls http::post",
  ],
  [
    "an event, by a computed table",
    `DEFINE EVENT e ON u WHEN true THEN (${post})`,
    "UPDATE $target SET a = 1",
    "the event u.e calls http::post",
  ],
  [
    "the code of a field",
    `DEFINE FIELD a ON t VALUE ${post}`,
    "UPDATE t SET b = 1",
    "the field t.a calls http::post",
  ],
  [
    "a computed field, by reading",
    `DEFINE FIELD a ON t COMPUTED ${post}`,
    "LET $x = (SELECT * FROM t)",
    "the field t.a calls http::post",
  ],
  [
    "a view",
    `DEFINE TABLE t; DEFINE TABLE v AS SELECT ${post} AS a FROM t`,
    "UPDATE t SET a = 1",
    "the table v calls http::post",
  ],
  [
    "an analyzer",
    `DEFINE FUNCTION fn::a($x: string) { ${post} }; DEFINE ANALYZER z FUNCTION fn::a`,
    "UPDATE t SET a = 1",
    "the analyzer z calls http::post",
  ],
  [
    "a function that calls itself",
    "DEFINE FUNCTION fn::a($n: int) { IF $n > 0 { fn::a($n - 1) } }",
    "fn::a(3)",
    "the function fn::a calls fn::a, which calls itself",
  ],
  [
    "functions that call each other",
    "DEFINE FUNCTION fn::a() { fn::b() }; DEFINE FUNCTION fn::b() { fn::c() }; DEFINE FUNCTION fn::c() { fn::b() }",
    "CREATE t SET x = fn::a()",
    "the function fn::a calls fn::b, which calls itself",
  ],
  [
    "a function of the plan that calls itself",
    "DEFINE FUNCTION fn::a() { 1 }",
    "DEFINE FUNCTION OVERWRITE fn::a() { [1, fn::a()] }; fn::a()",
    "the function fn::a calls fn::a, which calls itself",
  ],
  [
    "a function that a function makes call itself",
    "DEFINE FUNCTION fn::a() { DEFINE FUNCTION OVERWRITE fn::b() { fn::b() } }",
    "fn::a(); fn::b()",
    "the function fn::a calls fn::b, which calls itself",
  ],
  [
    "a function whose permission calls it",
    "DEFINE FUNCTION fn::a() { 1 } PERMISSIONS WHERE fn::a() = 1",
    "fn::a()",
    "the function fn::a calls fn::a, which calls itself",
  ],
  [
    "a field whose code calls itself",
    "DEFINE FUNCTION fn::a() { fn::a() }; DEFINE FIELD a ON t VALUE fn::a()",
    "UPDATE t SET b = 1",
    "the field t.a calls fn::a, which calls itself",
  ],
  [
    "a computed field whose code calls itself",
    "DEFINE FUNCTION fn::a() { fn::a() }; DEFINE FIELD a ON t COMPUTED fn::a()",
    "LET $all = (SELECT * FROM t)",
    "the field t.a calls fn::a, which calls itself",
  ],
  [
    "an event whose condition calls itself",
    "DEFINE FUNCTION fn::a() { fn::a() }; DEFINE EVENT e ON t WHEN fn::a() THEN {}",
    "CREATE t",
    "the event t.e calls fn::a, which calls itself",
  ],
  ...[
    "LET $f = |$g: any| $g($g); RETURN $f($f)",
    "RETURN (|$g: any| $g($g))(|$g: any| $g($g))",
    "LET $f = |$all: any| $all[0]($all); $f([$f])",
    "LET $o = { f: |$x: any| $x.f($x) }; $o.f($o)",
  ].map((script) => [
    "a closure that is given itself",
    "",
    script,
    expect.stringMatching(/^calls \S+ with a closure, which may call itself$/),
  ]),
  [
    "a function that is given a closure",
    "DEFINE FUNCTION fn::a($f: any) { $f($f) }",
    "fn::a(|$f: any| $f($f))",
    "calls fn::a with a closure, which may call itself",
  ],
  [
    "a function that may be defined",
    "DEFINE FUNCTION fn::a() { 1 }",
    `IF true { DEFINE FUNCTION OVERWRITE fn::a() { ${post} } }; fn::a()`,
    "the function fn::a calls http::post",
  ],
])("%s is found", async (_what, schema, script, effect) => {
  expect(await found(schema, script)).toContainEqual(effect);
});

test.each([
  [
    "an event of another table",
    `DEFINE EVENT e ON u WHEN true THEN (${post})`,
    "UPDATE t SET a = 1; DELETE t",
  ],
  ["the definition of an event", "DEFINE TABLE t", `DEFINE EVENT e ON t WHEN true THEN (${post})`],
  [
    "the removal of an event",
    `DEFINE EVENT e ON t WHEN true THEN (${post})`,
    "REMOVE EVENT e ON t; UPDATE t SET a = 1",
  ],
  ["a computed field that is not read", `DEFINE FIELD a ON t COMPUTED ${post}`, "REMOVE TABLE t"],
  ["an index by itself", "DEFINE TABLE t", "DEFINE INDEX i ON t FIELDS a UNIQUE"],
  [
    "functions that share one",
    "DEFINE FUNCTION fn::a() { fn::b() + fn::b() + fn::c() }; DEFINE FUNCTION fn::b() { fn::c() }; DEFINE FUNCTION fn::c() { 1 }",
    "fn::a()",
  ],
  ["a function that calls itself and is only defined", "", "DEFINE FUNCTION fn::a() { fn::a() }"],
  ["a sequence that is removed", "DEFINE SEQUENCE s", "REMOVE SEQUENCE s"],
  [
    "an event that only writes",
    "DEFINE EVENT e ON t WHEN true THEN (CREATE u)",
    "UPDATE t SET a = rand::int()",
  ],
])("%s is none", async (_what, schema, script) => {
  expect(await found(schema, script)).toEqual([]);
});

test("a closure that is given data, or goes to a built-in function, ends", async () => {
  await db.query("DEFINE FUNCTION fn::a($x: any) { $x }");
  const script = `LET $f = |$x: int| $x || 1; $f([1].map(|$x| $f($x)).len());
    fn::a([1].map(|$n| $n || $f(1))); RETURN [$f].map(|$g| $g(1));
    LET $all = [1, 2]; RETURN $all.map(|$n| $n / $all.len());`;
  const effects = outsideEffects(stepsOf(script), await captureSchema(db));
  expect(effects.filter(({ endless }) => endless)).toEqual([]);
});

test("says where, and no secret", async () => {
  await db.query("DEFINE TABLE t");
  const [effect] = outsideEffects(
    stepsOf("REMOVE TABLE t", `\nCREATE u SET password = 'hunter2', a = ${post}`),
    await captureSchema(db),
  );
  expect(effect).toMatchObject({ migration: "2", line: 2, does: "calls http::post" });
  expect(effect?.statement).not.toContain("hunter2");
});
