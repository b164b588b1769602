import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { connect } from "@surql/connection";
import { acquireLock, ensureLedger, holdLock, recordEvent, settleCommit } from "../src/index.ts";

const event = { kind: "apply", result: "done", actor: "ada", versions: ["1"] } as const;

test("what is not committed when it is asked for never is, even if the database is at work on it still", async () => {
  const db = await connect({ url: "mem://", namespace: "test", database: "test" });
  await ensureLedger(db);
  const answer = await acquireLock(db, { owner: "ada", runner: "ada", ttlMs: 60_000 });
  if (!answer.acquired) throw new Error("held");
  const { statement, bindings } = holdLock(answer.lease);
  const commit = (id: string, wait: string): Promise<unknown> => {
    const row = recordEvent(id, event);
    const script = [statement, { text: `sleep(${wait})` }, ...row.script];
    return db.transact(script, { ...bindings, ...row.bindings });
  };

  await commit("first", "0ms");
  expect(await settleCommit(db, "first")).toBe(true);

  const late = commit("second", "300ms");
  late.catch(() => undefined);
  await delay(100);
  expect(await settleCommit(db, "second")).toBe(false);
  await expect(late).rejects.toMatchObject({ code: "CONNECTION.CONFLICT" });
  expect(await settleCommit(db, "second")).toBe(false);
  await db.close();
});
