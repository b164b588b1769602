import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { connect } from "@surql/connection";
import { splitStatements } from "@surql/surrealql";
import { applyMigrations, createRollbackPlan, executeRollback } from "surql/executor";
import type { Migration } from "surql/migration";

/** The most memory, in MB, that our process may take beside a server's. */
const mark = 512;

const people: Migration = {
  version: "20260101_000000",
  description: "people",
  format: "surql",
  path: "20260101_000000_people.surql",
  checksum: "people",
  parents: [],
  transaction: "required",
  up: splitStatements(
    "DEFINE TABLE person SCHEMAFULL; DEFINE FIELD name ON person TYPE string; DEFINE FIELD age ON person TYPE int; " +
      "DEFINE FIELD born ON person TYPE datetime; DEFINE FIELD tags ON person TYPE array<string>; DEFINE FIELD balance ON person TYPE decimal;",
  ),
  down: splitStatements("REMOVE TABLE person;"),
};

/** Keeps a large table on a server and gives it back, and says what that took of our own memory. */
async function keepAndGiveBack(server: ChildProcess): Promise<boolean> {
  const [{ url }] = (await once(server, "message")) as [{ url: string }];
  await using db = await connect({ url, namespace: "test", database: "test" });
  await applyMigrations(db, [people]);
  server.send("fill");
  await once(server, "message");
  const count = async (sql: string): Promise<number> => Number((await db.query(sql))[0]);
  const stored = await count("RETURN (SELECT count() FROM person GROUP ALL)[0].count");

  const begun = performance.now();
  const plan = await createRollbackPlan(db, [people], "base", { preserve: true });
  const { success, errors } = await executeRollback(db, plan, { force: true });
  if (!success) throw new Error(errors[0]?.message);
  const kept = await count("RETURN math::sum(SELECT VALUE count FROM _rollback_quarantine:..[])");
  const seconds = Math.round((performance.now() - begun) / 1000);
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `${kept} of ${stored} records kept in ${seconds} s; our process: ${memory} MB (at most ${mark})`,
  );
  return kept === stored && memory <= mark && (await giveBackFrom(url, stored));
}

/** Gives all of it back with its migration. */
async function giveBackFrom(url: string, stored: number): Promise<boolean> {
  await using db = await connect({ url, namespace: "test", database: "test" });
  const begun = performance.now();
  let batches = 0;
  const { restored } = await applyMigrations(db, [people], {
    restore: "theirs",
    onEvent: ({ kind }) => void (batches += Number(kind === "batch-restored")),
  });
  const [count] = await db.query("RETURN (SELECT count() FROM person GROUP ALL)[0].count");
  const seconds = Math.round((performance.now() - begun) / 1000);
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  const back = restored.reduce((sum, { records }) => sum + records, 0);
  console.log(
    `${back} of ${stored} records given back in ${seconds} s, in ${batches} batches; our process: ${memory} MB (at most ${mark})`,
  );
  return back === stored && Number(count) === stored && memory <= mark;
}

const { values } = parseArgs({ options: { records: { type: "string", default: "1000000" } } });
const folder = await mkdtemp(join(tmpdir(), "surql-volume-"));
const server = fork(fileURLToPath(new URL("serve.js", import.meta.url)), [
  `surrealkv://${join(folder, "store")}`,
  values.records,
]);
try {
  if (!(await keepAndGiveBack(server))) process.exitCode = 1;
} finally {
  const ended = once(server, "exit");
  server.disconnect();
  await ended;
  await rm(folder, { recursive: true, maxRetries: 10 });
}
