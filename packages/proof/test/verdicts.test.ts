import { expect, test } from "vitest";
import { proveMigrations } from "../src/index.ts";
import { migration, openScratch, prove } from "./made-migration.ts";

test("a table that comes and goes is exact", async () => {
  const [proof] = await prove([
    ["DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE string", "REMOVE TABLE user"],
  ]);
  expect(proof).toMatchObject({ verdict: "exact", changes: [], schema: [] });
});

test("what down leaves behind is named", async () => {
  const [, proof] = await prove([
    ["DEFINE TABLE user", "REMOVE TABLE user"],
    [
      "DEFINE FIELD `odd name` ON user TYPE string; DEFINE INDEX by_name ON user FIELDS `odd name`",
      "REMOVE INDEX by_name ON user",
    ],
  ]);
  expect(proof).toMatchObject({
    verdict: "fails",
    schema: [{ stage: "down", change: "added", kind: "field", path: "user.`odd name`" }],
  });
});

test("a script that fails is told with its statement and the engine's reason", async () => {
  const proofs = await prove([
    [
      "DEFINE TABLE user; DEFINE USER ada ON DATABASE PASSWORD 'topsecret' ROLES VIEWER; DEFINE FIELD a ON user; DEFINE FIELD a ON user",
      "REMOVE TABLE user",
    ],
    ["DEFINE TABLE post", "REMOVE TABLE post"],
  ]);
  expect(proofs[0]).toMatchObject({
    verdict: "fails",
    failure: {
      stage: "up",
      statementIndex: 3,
      line: 1,
      reason: expect.stringContaining("already exists"),
    },
  });
  expect(proofs[1]).toMatchObject({
    verdict: "fails",
    failure: { reason: expect.stringContaining("up script of 1 fails") },
  });
  expect(JSON.stringify(proofs)).not.toContain("topsecret");
});

test("a down that cannot run again is found by the second up", async () => {
  const [proof] = await prove([
    [
      "DEFINE TABLE user; DEFINE PARAM $limit VALUE 1",
      "REMOVE TABLE user; ALTER TABLE IF EXISTS user SCHEMAFULL",
    ],
  ]);
  expect(proof?.verdict).toBe("fails");
});

test("a missing, empty or comment-only down is irreversible, and so is one declared so", async () => {
  const proofs = await prove([
    ["DEFINE TABLE a", ""],
    ["DEFINE TABLE b", "-- nothing"],
    ["DEFINE TABLE c", "REMOVE TABLE c"],
  ]);
  expect(proofs.map(({ verdict }) => verdict)).toEqual(["irreversible", "irreversible", "exact"]);
  const declared = migration("1", ["DEFINE TABLE a", "REMOVE TABLE a"], { irreversible: "sold" });
  const report = await proveMigrations([declared], { openScratch });
  expect(report.migrations[0]).toMatchObject({ verdict: "irreversible", irreversible: "sold" });
});

test("transaction none, a boundary, branches and a merge are run as in earnest", async () => {
  const { migrations } = await proveMigrations(
    [
      migration("1", ["DEFINE TABLE a", "REMOVE TABLE a"], { transaction: "none" }),
      migration(
        "2",
        ["CREATE a:1 SET n = 1; DEFINE INDEX n ON a FIELDS n", "REMOVE INDEX n ON a; DELETE a:1"],
        { parents: ["1"] },
      ),
      migration("3", ["DEFINE FIELD n ON a TYPE int", "REMOVE FIELD n ON a"], { parents: ["1"] }),
      migration(
        "4",
        ["ALTER TABLE a SCHEMAFULL; REBUILD INDEX n ON a", "ALTER TABLE a SCHEMALESS"],
        { parents: ["2", "3"] },
      ),
      migration("5", ["DEFINE TABLE b AS SELECT id, n FROM a", "REMOVE TABLE b"], {
        parents: ["4"],
      }),
      migration("6", ["DEFINE TABLE other", "REMOVE TABLE other"], { parents: ["1"] }),
      migration("7", ["LET $merged = ['5', '6']", "LET $merged = ['5', '6']"], {
        parents: ["5", "6"],
      }),
    ],
    { openScratch },
  );
  expect(migrations.map(({ version, verdict, failure }) => [version, verdict, failure])).toEqual(
    ["1", "2", "3", "4", "5", "6", "7"].map((version) => [version, "exact", undefined]),
  );
});

test("only what is asked for is proved, and it can be stopped", async () => {
  const all = ["1", "2", "3"].map((version) =>
    migration(version, [`DEFINE TABLE t${version}`, `REMOVE TABLE t${version}`]),
  );
  const { migrations } = await proveMigrations(all, { openScratch, versions: ["3"] });
  expect(migrations.map(({ version }) => version)).toEqual(["3"]);
  await expect(proveMigrations(all, { openScratch, versions: ["4"] })).rejects.toMatchObject({
    code: "PROOF.UNKNOWN_VERSION",
  });
  const stop = new AbortController();
  const stopped = proveMigrations(all, {
    openScratch,
    signal: stop.signal,
    onEvent: ({ kind }) => kind === "proof-finished" && stop.abort(),
  });
  await expect(stopped).rejects.toMatchObject({
    code: "PROOF.INTERRUPTED",
    meta: { done: ["1"], left: ["2", "3"] },
  });
});

test("what down takes is lossless where a rollback keeps it and brings it back", async () => {
  const user = [
    "DEFINE TABLE user; DEFINE FIELD name ON user TYPE string",
    "REMOVE TABLE user",
  ] as const;
  const [, removed, made, left, filled] = await prove([
    user,
    // Twice up gives another time.
    [
      "DEFINE FIELD seen ON user TYPE datetime; UPDATE user SET seen = time::now()",
      "REMOVE FIELD seen ON user; UPDATE user UNSET seen",
    ],
    [
      "DEFINE TABLE token SCHEMAFULL; DEFINE FIELD key ON token TYPE uuid; CREATE token:1 SET key = rand::uuid()",
      "REMOVE TABLE token",
    ],
    [
      "DEFINE FIELD bio ON user TYPE option<string>; UPDATE user SET bio = 'x'",
      "REMOVE FIELD bio ON user",
    ],
    [
      "UPDATE user SET name = 'gone'; DEFINE FIELD code ON user TYPE int VALUE rand::int()",
      "REMOVE FIELD code ON user; UPDATE user UNSET code",
    ],
  ]);
  expect(removed).toMatchObject({
    verdict: "lossless_with_preserve",
    changes: [
      {
        stage: "up again",
        table: "user",
        field: "seen",
        change: "changed",
        records: 3,
        by: "down",
      },
    ],
  });
  expect(made?.verdict).toBe("lossless_with_preserve");
  expect(left).toMatchObject({
    verdict: "lossless_with_preserve",
    changes: [{ stage: "down", field: "bio", change: "added", by: "up" }],
  });
  expect(filled).toMatchObject({ verdict: "loses" });
});

test("what fails for want of records that its ancestors load holds up nothing behind it", async () => {
  const proofs = await prove([
    ["DEFINE TABLE user SCHEMAFULL; DEFINE FIELD age ON user TYPE int", "REMOVE TABLE user"],
    [
      "DEFINE TABLE log; LET $ada = (SELECT * FROM ONLY user:ada); CREATE log SET next = $ada.age + 1",
      "REMOVE TABLE log",
    ],
    ["DEFINE FIELD next ON log TYPE option<int>", "REMOVE FIELD next ON log"],
  ]);
  expect(proofs.map(({ verdict }) => verdict)).toEqual(["exact", "fails", "exact"]);
});

test("records that a computed field makes unreadable are a failure", async () => {
  const [, proof] = await prove([
    ["DEFINE TABLE user; DEFINE FIELD name ON user TYPE string", "REMOVE TABLE user"],
    ["DEFINE FIELD twice ON user COMPUTED missing + missing.more", "REMOVE FIELD twice ON user"],
  ]);
  expect(proof).toMatchObject({
    verdict: "fails",
    failure: { stage: "up", reason: expect.stringContaining("cannot be read") },
  });
});
