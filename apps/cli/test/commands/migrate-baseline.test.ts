import { readdir } from "node:fs/promises";
import { connect } from "surql/connection";
import { captureSchema, schemaChecksum } from "surql/snapshot";
import { expect, it } from "vitest";
import MigrateBaseline from "../../src/commands/migrate/baseline.ts";
import MigrateStatus from "../../src/commands/migrate/status.ts";
import MigrateUp from "../../src/commands/migrate/up.ts";
import MigrateVerify from "../../src/commands/migrate/verify.ts";
import { writeMigration } from "../project.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();

const urlOf = (store: string): string => `surrealkv://${store}`;
const at = (store: string): readonly string[] => [
  "--url",
  urlOf(store),
  "--namespace",
  "n",
  "--database",
  "d",
];

async function inStore<T>(
  store: string,
  work: (db: Awaited<ReturnType<typeof connect>>) => Promise<T>,
): Promise<T> {
  const db = await connect({ url: urlOf(store), namespace: "n", database: "d" });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

const shop = `
  DEFINE ANALYZER words TOKENIZERS blank FILTERS lowercase;
  DEFINE FUNCTION fn::upper($text: string) { string::uppercase($text) };
  DEFINE PARAM $limit VALUE 10; DEFINE SEQUENCE numbers START 5;
  DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE string ASSERT $value != '';
  DEFINE FIELD tags ON user TYPE array<string>; DEFINE FIELD tags.* ON user TYPE string;
  DEFINE INDEX name ON user FIELDS name UNIQUE; DEFINE INDEX found ON user FIELDS name FULLTEXT ANALYZER words BM25;
  DEFINE EVENT seen ON user THEN { RETURN 1 };
  DEFINE TABLE likes TYPE RELATION IN user OUT user; DEFINE TABLE shown AS SELECT id, name FROM user;
  DEFINE TABLE above AS SELECT id FROM shown;
  CREATE user:1 SET name = 'Ada', tags = ['a']; CREATE user:2 SET name = 'Bob', tags = []; RELATE user:1->likes->user:2`;

it("adopts a database: status and verify are clean, and up builds the same schema elsewhere", async () => {
  const sum = await inStore("found", async (db) => {
    await db.query(shop.replaceAll("DEFINE FIELD tags.*", "DEFINE FIELD OVERWRITE tags.*"));
    return schemaChecksum(await captureSchema(db));
  });
  const run = await runJson(MigrateBaseline, "as found", "--yes", ...at("found"));
  expect(run).toMatchObject({
    exitCode: 0,
    document: {
      recorded: true,
      dependsOn: [],
      gaps: [],
      path: expect.stringContaining("as_found"),
    },
  });
  expect((await runJson(MigrateStatus, ...at("found"))).document).toMatchObject({
    migrations: [{ state: "applied", description: "As found" }],
  });
  expect((await runJson(MigrateVerify, ...at("found"))).exitCode).toBe(0);
  expect((await runJson(MigrateUp, ...at("found"))).document).toMatchObject({ applied: [] });

  const made = await runJson(MigrateUp, ...at("made"));
  expect(made.exitCode).toBe(0);
  expect(await inStore("made", async (db) => schemaChecksum(await captureSchema(db)))).toBe(sum);
  const [records, events] = await inStore("found", (db) =>
    db.query("SELECT VALUE id FROM user; SELECT kind, result FROM _migration_event"),
  );
  expect(records).toHaveLength(2);
  expect(events).toEqual([{ kind: "adopt", result: "done" }]);
});

it("asks, and shows without writing", async () => {
  await inStore("found", (db) => db.query("DEFINE TABLE a"));
  const unasked = await runJson(MigrateBaseline, ...at("found"));
  expect(unasked).toMatchObject({
    exitCode: 3,
    document: { error: { code: "CLI.CONFIRMATION_REQUIRED" } },
  });
  const shown = await runCommand(MigrateBaseline, "--dry-run", ...at("found"));
  expect(shown.stdout).toContain("  DEFINE TABLE a TYPE ANY SCHEMALESS PERMISSIONS NONE;");
  expect(await readdir(".")).toEqual(["found"]);
});

it("leaves alone what has a history, a project with migrations, and an empty database", async () => {
  expect((await runJson(MigrateBaseline, "--yes", ...at("found"))).document).toMatchObject({
    identical: true,
  });
  await inStore("found", (db) => db.query("DEFINE TABLE a"));
  await writeMigration("1", "DEFINE TABLE b;");
  expect(await runJson(MigrateBaseline, "--yes", ...at("found"))).toMatchObject({
    exitCode: 4,
    document: { error: { code: "CLI.MIGRATIONS_EXIST", meta: { migrations: 1 } } },
  });
  // As the Rust port leaves it.
  await inStore("found", (db) =>
    db.query(`DEFINE TABLE _migration_history SCHEMAFULL; DEFINE FIELD version ON _migration_history TYPE string;
      DEFINE FIELD description ON _migration_history TYPE string; DEFINE FIELD applied_at ON _migration_history TYPE datetime;
      DEFINE FIELD checksum ON _migration_history TYPE string;
      CREATE _migration_history:1 SET version = '1', description = 'one', applied_at = time::now(), checksum = 'x'`),
  );
  expect(await runJson(MigrateBaseline, "--yes", ...at("found"))).toMatchObject({
    exitCode: 4,
    document: { error: { code: "EXECUTOR.ALREADY_ADOPTED", meta: { applied: ["1"] } } },
  });
});
