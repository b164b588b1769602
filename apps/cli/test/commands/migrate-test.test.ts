import { readFile, writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import MigrateGraph from "../../src/commands/migrate/graph.ts";
import MigrateStatus from "../../src/commands/migrate/status.ts";
import MigrateTest from "../../src/commands/migrate/test.ts";
import MigrateUp from "../../src/commands/migrate/up.ts";
import { writeMigration } from "../project.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();

it("proves what can be undone, and needs no database", async () => {
  await writeMigration("1", "DEFINE TABLE a", "REMOVE TABLE a");
  await writeMigration("2", "DEFINE FIELD n ON a", "REMOVE FIELD n ON a");
  const { stdout, exitCode } = await runCommand(MigrateTest);
  expect(exitCode).toBe(0);
  expect(stdout).toContain("2 migrations in");
  expect(stdout).toContain("2 exact");
});

it("names what cannot, and exits with 4 unless that is allowed", async () => {
  await writeMigration("1", "DEFINE TABLE a");
  await writeMigration("2", "DEFINE FIELD n ON a", "REMOVE FIELD other ON a");
  const { document, exitCode } = await runJson(MigrateTest);
  expect(exitCode).toBe(4);
  expect(document).toMatchObject({
    migrations: [
      { version: "1", verdict: "irreversible" },
      { version: "2", verdict: "fails", failure: { stage: "down", line: expect.any(Number) } },
    ],
    error: { code: "PROOF.NOT_REVERSIBLE" },
  });
  const allowed = await runCommand(MigrateTest, "1", "--allow", "irreversible");
  expect(allowed.exitCode).toBe(0);
  expect(allowed.stdout).toContain("not reversible");
});

it("records what it found, and graph and status show it until the file is changed", async () => {
  await writeMigration("1", "DEFINE TABLE a", "REMOVE TABLE a");
  await writeMigration("2", "DEFINE FIELD n ON a");
  expect((await runCommand(MigrateGraph)).stdout).not.toContain("[");
  const first = await runCommand(MigrateTest, "--record");
  expect(first.exitCode).toBe(4);
  expect(first.stderr).toContain("surql.proof.json");
  const { stdout } = await runCommand(MigrateGraph);
  expect(stdout).toContain("2 Step 2 [not reversible]");
  expect(stdout).toContain("1 Step 1 [exact]");
  const { document } = await runJson(MigrateStatus);
  expect(document).toMatchObject({
    migrations: [
      { version: "1", proof: "exact" },
      { version: "2", proof: "irreversible" },
    ],
  });
  expect((await runCommand(MigrateStatus)).stdout).toMatch(/PROOF[^]*exact[^]*not reversible/);

  await writeMigration("2", "DEFINE FIELD n ON a", "REMOVE FIELD n ON a");
  const changed = await runJson(MigrateGraph);
  expect(JSON.stringify(changed.document)).not.toContain("irreversible");
  await runCommand(MigrateTest, "2", "--record");
  const recorded = await readFile("migrations/surql.proof.json", "utf8");
  expect(JSON.parse(recorded)).toMatchObject({
    format: 1,
    proofs: [
      { version: "1", verdict: "exact" },
      { version: "2", verdict: "exact" },
    ],
  });
  await runCommand(MigrateTest, "--record");
  expect(await readFile("migrations/surql.proof.json", "utf8")).toBe(recorded);

  await writeFile("migrations/surql.proof.json", "<<<<<<< HEAD");
  expect((await runCommand(MigrateGraph)).exitCode).toBe(2);
});

it("uses records of the database where it is told to", async () => {
  await writeMigration("1", "DEFINE TABLE a; CREATE a:1 SET n = 1", "REMOVE TABLE a");
  await runCommand(MigrateUp);
  await writeMigration("2", "UPDATE a SET n = n + 1", "UPDATE a SET n = n - 1");
  // Made records of a table without fields have no n.
  expect((await runCommand(MigrateTest, "2")).exitCode).toBe(4);
  const { document, exitCode } = await runJson(MigrateTest, "2", "--sample", "10");
  expect(exitCode).toBe(0);
  expect(document).toMatchObject({
    ground: "sample",
    migrations: [{ verdict: "exact", records: 1 }],
  });
});
