import { createHmac } from "node:crypto";
import {
  applyMigrations,
  compareSnapshots,
  createRollbackPlan,
  createSnapshot,
  executeRollback,
  exportSnapshot,
  renderDifference,
  storedMigrations,
} from "surql";
import type { Database } from "surql";
import { expect, it } from "vitest";
import { makeProject } from "../workflow/project.ts";
import { makeStore } from "../workflow/stores.ts";

const key = "the-real-signing-key";
const access = `DEFINE ACCESS api ON DATABASE TYPE JWT ALGORITHM HS512 KEY '${key}'`;

it("running the text that INFO gives of an access makes [REDACTED] the signing key", async () => {
  await using store = await makeStore("mem");
  await using raw = await store.open();
  await raw.query(access);
  expect([await accepts(raw, key), await accepts(raw, "[REDACTED]")]).toEqual([true, false]);
  const [info] = await raw.query("INFO FOR DB");
  const { api = "" } = (info as { accesses: Readonly<Record<string, string>> }).accesses;
  await raw.query(api.replace("DEFINE ACCESS", "DEFINE ACCESS OVERWRITE"));
  expect([await accepts(raw, key), await accepts(raw, "[REDACTED]")]).toEqual([false, true]);
});

it("nothing that we do runs it: planning, snapshots and comparing leave the key as it is", async () => {
  await using store = await makeStore("mem");
  await using project = await makeProject();
  await using db = await store.open();
  const migrations = await project.write({
    "1": { up: `${access};`, down: "REMOVE ACCESS api ON DATABASE;" },
    "2": { up: "DEFINE TABLE t;", down: "REMOVE TABLE t;" },
  });
  const empty = await createSnapshot(db, { version: "empty" });
  await applyMigrations(db, migrations, { autoSnapshot: true });
  const full = await createSnapshot(db, { version: "full" });
  const plan = await createRollbackPlan(db, migrations, "base");
  expect(plan.issues).toContainEqual(
    expect.objectContaining({ code: "state_lost", migration: "1", safety: "data_loss" }),
  );
  expect([await accepts(db, key), await accepts(db, "[REDACTED]")]).toEqual([true, false]);

  const difference = compareSnapshots(empty, full);
  const texts = [exportSnapshot(full), renderDifference(difference), JSON.stringify(plan)];
  for (const text of texts) expect(text).not.toContain(key);
  // What is there to be run quotes no definition; a snapshot does, and what a plan says of its ground.
  for (const text of [renderDifference(difference), JSON.stringify(plan.migrations)]) {
    expect(text).not.toContain("[REDACTED]");
  }
});

it("a rollback that would put it back is refused by reading: from the database, and from a file", async () => {
  await using store = await makeStore("mem");
  await using project = await makeProject();
  await using db = await store.open();
  const remove = "REMOVE ACCESS api ON DATABASE;";
  const migrations = await project.write({
    "1": { up: `${access};`, down: remove },
    "2": { up: remove, down: `${access};` },
  });
  await applyMigrations(db, migrations);
  await expect(createRollbackPlan(db, await storedMigrations(db), "1")).rejects.toMatchObject({
    code: "EXECUTOR.SECRET_WITHHELD",
  });
  const copied = await project.write({
    "2": { up: remove, down: `${access.replace(key, "[REDACTED]")};` },
  });
  await expect(createRollbackPlan(db, copied, "1", { allowChanged: true })).rejects.toMatchObject({
    code: "SAFETY.FORBIDDEN_STATEMENT",
    why: expect.stringContaining("it becomes the key"),
  });
  const plan = await createRollbackPlan(db, migrations, "1");
  expect(await executeRollback(db, plan, { force: true })).toMatchObject({ success: true });
  expect([await accepts(db, key), await accepts(db, "[REDACTED]")]).toEqual([true, false]);
});

/** Whether the database takes a token that was signed with this. */
async function accepts({ client, target }: Database, secret: string): Promise<boolean> {
  const claims = { NS: target.namespace, DB: target.database, AC: "api", exp: Date.now() + 3_600 };
  const signed = `${encode({ alg: "HS512", typ: "JWT" })}.${encode(claims)}`;
  const signature = createHmac("sha512", secret).update(signed).digest("base64url");
  try {
    await client.authenticate(`${signed}.${signature}`);
    await client.invalidate();
    return true;
  } catch {
    return false;
  }
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
