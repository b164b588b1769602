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
  const commit = (id: string, meanwhile?: () => Promise<void>): Promise<unknown> =>
    db.transaction(async (transaction) => {
      await transaction.run([statement], bindings);
      await meanwhile?.();
      const { script, bindings: row } = recordEvent(id, event);
      await transaction.run(script, row);
    });

  await commit("first");
  expect(await settleCommit(db, "first")).toBe(true);

  const late = commit("second", async () => {
    expect(await settleCommit(db, "second")).toBe(false);
  });
  await expect(late).rejects.toMatchObject({ code: "CONNECTION.CONFLICT" });
  expect(await settleCommit(db, "second")).toBe(false);
  await db.close();
});
