import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { connect } from "surql/connection";
import { acquireLock, ensureLedger } from "surql/history";
import { beforeEach, describe, expect, it } from "vitest";
import MigrateUnlock from "../../src/commands/migrate/unlock.ts";
import MigrateUp from "../../src/commands/migrate/up.ts";
import { writeMigration } from "../project.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();
beforeEach(() => writeMigration("1", "DEFINE TABLE a", "REMOVE TABLE a"));

const names = /ada@laptop holds the lock since \S+Z, until \S+Z unless renewed\./;

/** Leaves the lock of somebody in the database of the project. */
async function leaveLock(ttlMs: number): Promise<void> {
  const url = `surrealkv://${join(process.cwd(), "db")}`;
  await writeFile("surql.config.json", JSON.stringify({ url, namespace: "n", database: "d" }));
  await using db = await connect({ url, namespace: "n", database: "d" });
  await ensureLedger(db);
  await acquireLock(db, { owner: "ada@laptop", runner: "ada", ttlMs });
}

describe("a lock that is held", () => {
  it("keeps others out, who are told by whom, since when and until when", async () => {
    await leaveLock(60_000);
    const { exitCode, stderr } = await runCommand(MigrateUp);
    expect(exitCode).toBe(5);
    expect(stderr).toMatch(names);
    expect(stderr).toContain("--lock-timeout");
  });

  it("is waited for with --lock-timeout, and taken over when it has expired", async () => {
    await leaveLock(5000);
    const { exitCode, stdout, stderr } = await runCommand(MigrateUp, "--lock-timeout", "20s");
    expect(stderr).toMatch(names);
    expect(stderr).toMatch(/Waiting for it, up to \d+ s/);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("1")]);
  });

  it("is not waited for longer than the configuration says", async () => {
    await leaveLock(60_000);
    process.env["SURQL_LOCK_TIMEOUT"] = "1s";
    const { exitCode, stderr } = await runCommand(MigrateUp);
    expect(exitCode).toBe(5);
    expect(stderr).toMatch(/Waited \d+\.\d s for it/);
  });

  it.each([["soon"], ["5"]])("is not waited for %s", async (time) => {
    const { exitCode, stderr } = await runCommand(MigrateUp, "--lock-timeout", time);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--lock-timeout must be a number and one of s, m, h, d, w");
  });
});

describe("unlock", () => {
  it("shows the lock, and breaks none without being told to", async () => {
    await leaveLock(60_000);
    const refused = await runCommand(MigrateUnlock);
    expect(refused.exitCode).toBe(3);
    expect(refused.stderr).toMatch(names);
    expect((await runCommand(MigrateUp)).exitCode).toBe(5);

    const { document } = await runJson(MigrateUnlock, "--yes");
    expect(document).toMatchObject({
      unlocked: true,
      lock: { owner: "ada@laptop", expired: false },
    });
    expect((await runCommand(MigrateUp)).exitCode).toBe(0);
  });

  it("says of an expired lock that it has expired", async () => {
    await leaveLock(1);
    const { exitCode, stderr, stdout } = await runCommand(MigrateUnlock, "--yes");
    expect(stderr).toContain("the next runner takes it over by itself");
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("Took the lock from ada")]);
    expect((await runCommand(MigrateUnlock)).stdout).toBe("The lock is free.\n");
  });
});
