import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import DbPing from "../../src/commands/db/ping.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();

it("uses an embedded file database when nothing is configured, and says so in one line", async () => {
  const run = await runCommand(DbPing);
  expect(run.exitCode).toBe(0);
  expect(run.stdout).toMatch(/^Connected to surrealkv:.*\nSurrealDB 3\.\S+ embedded surrealkv/);
  expect(run.stderr).toBe(
    "No database is configured: using the embedded one in .surql/database, namespace development, database main.\n",
  );
  expect(existsSync(".surql/database")).toBe(true);
});

it("prints one JSON document on stdout", async () => {
  const { document } = await runJson(DbPing, "--url", "mem://", "--namespace", "n");
  expect(document).toMatchObject({
    ok: true,
    engine: "embedded",
    store: "mem",
    namespace: "n",
    database: "main",
    interactiveTransactions: true,
  });
});
