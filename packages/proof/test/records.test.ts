import { expect, test } from "vitest";
import { prove } from "./made-migration.ts";

const user = [
  "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE string; DEFINE FIELD email ON user TYPE string ASSERT string::is_email($value);" +
    "DEFINE FIELD age ON user TYPE int; DEFINE FIELD `odd field` ON user TYPE option<datetime>; DEFINE INDEX by_email ON user FIELDS email UNIQUE",
  "REMOVE TABLE user",
] as const;

test("records that fit are there, and stay as they are", async () => {
  const [, proof] = await prove([
    user,
    [
      "DEFINE FIELD bio ON user TYPE option<string>; DEFINE INDEX by_age ON user FIELDS age",
      "REMOVE INDEX by_age ON user; REMOVE FIELD bio ON user",
    ],
  ]);
  expect(proof).toMatchObject({ verdict: "exact", records: 3, changes: [], unfilled: [] });
});

test("a move of data and back is exact", async () => {
  const [, proof] = await prove([
    user,
    [
      "DEFINE FIELD title ON user TYPE option<string>; UPDATE user SET title = name, name = ''; REMOVE FIELD name ON user; UPDATE user UNSET name; ALTER FIELD title ON user TYPE string",
      "DEFINE FIELD name ON user TYPE option<string>; UPDATE user SET name = title; REMOVE FIELD title ON user; UPDATE user UNSET title; ALTER FIELD name ON user TYPE string",
    ],
  ]);
  expect(proof).toMatchObject({ verdict: "exact", records: 3 });
});

test("what up takes and down does not bring back is a loss of up, field by field", async () => {
  const [, proof] = await prove([
    user,
    [
      "REMOVE FIELD name ON user; UPDATE user UNSET name; UPDATE user SET email = string::uppercase(email)",
      "DEFINE FIELD name ON user TYPE string",
    ],
  ]);
  expect(proof).toMatchObject({
    verdict: "loses",
    changes: [
      { stage: "down", table: "user", field: "email", change: "changed", records: 3, by: "up" },
      { stage: "down", table: "user", field: "name", change: "lost", records: 3, by: "up" },
    ],
  });
});

test("every kind of value is compared exactly", async () => {
  const kinds =
    "bool bytes datetime decimal duration float int null object point range string uuid any number".split(
      " ",
    );
  const fields = kinds.map((kind) => `DEFINE FIELD v_${kind} ON t TYPE ${kind}`).join(";");
  const more =
    "DEFINE FIELD l ON t TYPE array<record<t>, 2>; DEFINE FIELD s ON t TYPE set<int>; DEFINE FIELD g ON t TYPE geometry<polygon>; DEFINE FIELD lit ON t TYPE 'a' | 5 | { x: int }";
  const same = [...kinds.map((kind) => `v_${kind}`), "l", "s", "g", "lit"]
    .map((name) => `${name} = copy.${name}`)
    .join(", ");
  const [, proof] = await prove([
    [`DEFINE TABLE t; ${fields}; ${more}`, "REMOVE TABLE t"],
    [
      "UPDATE t SET copy = $this; UPDATE t SET v_int = 0, v_string = '', v_datetime = d'2026-01-01T00:00:00Z', v_decimal = 0dec, v_bytes = b\"00\"",
      `UPDATE t SET ${same}; UPDATE t UNSET copy`,
    ],
  ]);
  expect(proof).toMatchObject({ verdict: "exact", records: 3, unfilled: [] });
  const [, other] = await prove([
    [`DEFINE TABLE t; ${fields}; ${more}`, "REMOVE TABLE t"],
    [
      "UPDATE t SET v_datetime = v_datetime + 1ns, v_decimal += 0.0000000001dec, v_any = [1, 1f]",
      "UPDATE t SET v_any = [1, 1]",
    ],
  ]);
  expect(other?.changes.map(({ field }) => field)).toEqual(["v_any", "v_datetime", "v_decimal"]);
});

test("links, relations and odd names take part, and events are not set off by making records", async () => {
  const [, proof, third] = await prove([
    [
      "DEFINE TABLE `odd table`; DEFINE TABLE person SCHEMAFULL; DEFINE FIELD friend ON person TYPE option<record<person>>;" +
        "DEFINE TABLE likes TYPE RELATION IN person OUT `odd table` ENFORCED; DEFINE EVENT no ON person THEN { THROW 'no' }",
      "REMOVE TABLE likes; REMOVE TABLE person; REMOVE TABLE `odd table`",
    ],
    ["UPDATE likes SET n = 1", "UPDATE likes UNSET n"],
    [
      "DELETE (SELECT VALUE id FROM likes LIMIT 1)",
      "DEFINE FIELD n ON likes; REMOVE FIELD n ON likes",
    ],
  ]);
  expect(proof).toMatchObject({ verdict: "exact", records: 9, unfilled: [] });
  expect(third).toMatchObject({
    verdict: "loses",
    changes: expect.arrayContaining([
      expect.objectContaining({ table: "likes", change: "lost", records: 1, by: "up" }),
    ]),
  });
});

test("a value that is refused for another field is tried again, and a length is no text", async () => {
  const [, proof] = await prove([
    [
      "DEFINE TABLE product SCHEMAFULL; DEFINE FIELD title ON product TYPE string ASSERT string::len($value) <= 120; DEFINE FIELD slug ON product VALUE string::slug(title);" +
        "DEFINE FIELD images ON product TYPE array<object>; DEFINE FIELD images.*.url ON product TYPE string ASSERT string::is_url($value);" +
        "DEFINE FIELD price ON product TYPE decimal ASSERT $value > 0",
      "REMOVE TABLE product",
    ],
    ["DEFINE INDEX by_price ON product FIELDS price", "REMOVE INDEX by_price ON product"],
  ]);
  expect(proof).toMatchObject({ verdict: "exact", records: 3, unfilled: [] });
});

test("a table that no record fits is said to be one", async () => {
  const [, proof] = await prove([
    ["DEFINE TABLE t SCHEMAFULL; DEFINE FIELD n ON t TYPE int ASSERT false", "REMOVE TABLE t"],
    ["DEFINE FIELD m ON t TYPE option<int>", "REMOVE FIELD m ON t"],
  ]);
  expect(proof).toMatchObject({
    verdict: "exact",
    records: 0,
    unfilled: [{ table: "t", reason: expect.stringContaining("must conform to: false") }],
  });
});

test("an up that depends on what the records hold says so, and the next one is still proved", async () => {
  const [, proof, next] = await prove([
    [
      "DEFINE TABLE t SCHEMAFULL; DEFINE FIELD a ON t TYPE option<int>; DEFINE FIELD b ON t TYPE option<int>",
      "REMOVE TABLE t",
    ],
    ["UPDATE t SET a = a + 'x'", "DEFINE FIELD c ON t; REMOVE FIELD c ON t"],
    ["DEFINE TABLE other", "REMOVE TABLE other"],
  ]);
  expect(proof).toMatchObject({
    verdict: "fails",
    failure: {
      stage: "up",
      runsOnEmptyTables: true,
      statement: expect.stringContaining("UPDATE t"),
    },
  });
  expect(next?.verdict).toBe("exact");
});

test("the same seed makes the same records, another one others", async () => {
  const scripts = [user, ["UPDATE user SET age += 1", "UPDATE user SET age = 0"]] as const;
  const [first, second, third] = [
    await prove(scripts, { seed: 7 }),
    await prove(scripts, { seed: 7 }),
    await prove(scripts, { records: 5 }),
  ].map(([, proof]) => ({ ...proof, durationMs: 0 }));
  expect(second).toEqual(first);
  expect(third).toMatchObject({ records: 5 });
});

test("no record is made where that would never end, or end the engine", async () => {
  const [, proof] = await prove(
    [
      [
        "DEFINE FUNCTION fn::f() { fn::f() }; DEFINE TABLE loop; DEFINE FIELD n ON loop VALUE fn::f();" +
          "DEFINE TABLE t SCHEMAFULL; DEFINE FIELD mixed ON t TYPE array<number> | set<int>; DEFINE FIELD a.b ON t TYPE int; DEFINE FIELD l ON t TYPE option<record<loop>>",
        "REMOVE TABLE t; REMOVE TABLE loop; REMOVE FUNCTION fn::f",
      ],
      [
        "DEFINE FIELD m ON t TYPE option<int>; UPDATE t SET m = 1 WHERE l.n != 5",
        "UPDATE t SET m = NONE; REMOVE FIELD m ON t",
      ],
    ],
    { records: 9 },
  );
  expect(proof).toMatchObject({
    verdict: "exact",
    records: 9,
    unfilled: [{ table: "loop", reason: "Its fields call what may never end." }],
  });
});

test("records that hold regular expressions, which the engine cannot send, are changed and compared", async () => {
  const [, same, lost, read, refused] = await prove([
    [
      "DEFINE TABLE rule SCHEMAFULL; DEFINE FIELD pattern ON rule TYPE regex; DEFINE FIELD n ON rule TYPE int; DEFINE FIELD any ON rule TYPE any",
      "REMOVE TABLE rule",
    ],
    ["UPDATE rule SET n += 1 -- one more", "UPDATE rule SET n -= 1;"],
    ["UPDATE rule SET pattern = /b+/, any = /c/", "UPDATE rule SET any = NONE"],
    [
      "SELECT * FROM rule; DELETE rule:odd; UPSERT rule:odd SET pattern = /x/, n = 1",
      "DELETE rule:odd RETURN BEFORE",
    ],
    ["UPDATE rule SET n = 'text'", "UPDATE rule SET n = 1"],
  ]);
  expect(same).toMatchObject({ verdict: "exact", records: 3 });
  expect(lost).toMatchObject({
    verdict: "loses",
    changes: [{ field: "any" }, { field: "pattern", change: "changed", by: "up" }],
  });
  expect(read).toMatchObject({ verdict: "exact" });
  expect(refused).toMatchObject({
    verdict: "fails",
    failure: { stage: "up", statementIndex: 0, statement: "UPDATE rule SET n = 'text'" },
  });
});
