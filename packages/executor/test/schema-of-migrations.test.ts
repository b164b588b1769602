import { connect, type Database } from "@surql/connection";
import type { Migration } from "@surql/migration";
import { splitStatements } from "@surql/surrealql";
import { afterEach, expect, it } from "vitest";
import { schemaOfMigrations } from "../src/index.ts";

const open: Database[] = [];
afterEach(async () => {
  for (const db of open.splice(0)) await db.close();
});

async function openEngine(): Promise<Database> {
  const db = await connect({ url: "mem://", namespace: "test", database: "test" });
  open.push(db);
  return db;
}

function migrationOf(version: string, up: string): Migration {
  return {
    version,
    description: version,
    parents: [],
    path: `/migrations/${version}_step.surql`,
    format: "surql",
    checksum: "",
    up: splitStatements(up),
    down: [],
    transaction: "required",
  };
}

it("runs migrations with data, analyzers and indexes as an empty database would", async () => {
  const migrations = [
    migrationOf(
      "1",
      `DEFINE TABLE post; CREATE post:1 SET title = 'Hello', n = 1; LET $n = 2; CREATE post:2 SET n = $n;
       DEFINE ANALYZER words TOKENIZERS blank; DEFINE INDEX found ON post FIELDS title FULLTEXT ANALYZER words BM25;`,
    ),
    migrationOf("2", "DEFINE FIELD tags ON post TYPE array<string>; REMOVE INDEX found ON post"),
  ];
  const schema = await schemaOfMigrations(await openEngine(), migrations);
  expect(Object.keys(schema.tables["post"]?.fields ?? {})).toEqual(["tags", "tags.*"]);
  expect(schema.tables["post"]?.indexes).toEqual({});
});

it("names the statement that an empty database refuses", async () => {
  const migrations = [migrationOf("1", "DEFINE TABLE a;\nREMOVE TABLE b;\nDEFINE TABLE c;")];
  await expect(schemaOfMigrations(await openEngine(), migrations)).rejects.toMatchObject({
    code: "EXECUTOR.REPLAY_FAILED",
    meta: { migration: "1", line: 2, statement: "REMOVE TABLE b" },
  });
});

it("never makes a call that does not end", async () => {
  const up = "DEFINE FUNCTION fn::down() { RETURN fn::down() };\nRETURN fn::down();";
  const replay = schemaOfMigrations(await openEngine(), [migrationOf("1", up)]);
  await expect(replay).rejects.toMatchObject({
    code: "EXECUTOR.REPLAY_FAILED",
    meta: { line: 2 },
  });
});
