import { expect, it } from "vitest";
import { makeStore } from "../workflow/stores.ts";

// Why the README of this folder has no answer of ours: by the time the table is gone, nobody knows of the record.
it.each(["mem", "surrealkv"] as const)(
  "a record that is created while a transaction removes its table goes with it, on %s",
  async (kind) => {
    await using store = await makeStore(kind);
    await using db = await store.open();
    await db.query("DEFINE TABLE user; CREATE user:before");
    await db.transaction(async (transaction) => {
      expect(await transaction.query("SELECT VALUE id FROM user")).toHaveLength(1);
      await transaction.query("REMOVE TABLE user");
      await db.query("CREATE user:meanwhile");
    });
    await expect(db.query("SELECT * FROM user")).rejects.toMatchObject({
      meta: { reason: expect.stringContaining("does not exist") },
    });
  },
);

it.each(["mem", "surrealkv"] as const)(
  "one that is changed meanwhile makes the transaction fail, on %s",
  async (kind) => {
    await using store = await makeStore(kind);
    await using db = await store.open();
    await db.query("DEFINE TABLE user; CREATE user:before");
    const removal = db.transaction(async (transaction) => {
      await transaction.query("REMOVE TABLE user");
      await db.query("UPDATE user:before SET changed = true");
    });
    await expect(removal).rejects.toMatchObject({ code: "CONNECTION.CONFLICT" });
    expect(await db.query("SELECT VALUE changed FROM user")).toEqual([[true]]);
  },
);
