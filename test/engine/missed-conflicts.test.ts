import { randomUUID } from "node:crypto";
import { acquireLock, ensureLedger } from "surql";
import { describe, expect, it } from "vitest";
import { makeStore } from "../workflow/stores.ts";

const contenders = Array.from({ length: 12 }, (_, index) => String(index));

// Two transactions that write the same record: one must be refused. How often none is, is a matter of luck.
describe.each([
  ["mem", 150],
  ["surrealkv", 400],
] as const)("on %s", (kind, rounds) => {
  it("two of twelve that create the same record at once both get it", async ({ skip }) => {
    await using store = await makeStore(kind);
    await using raw = await store.open();
    await raw.query("DEFINE TABLE prize");
    for (let round = 0; round < rounds; round += 1) {
      const take = (owner: string) =>
        raw
          .query(`BEGIN; CREATE type::record("prize", $round) SET owner = $owner; COMMIT;`, {
            round,
            owner,
          })
          .then(
            () => true,
            () => false,
          );
      const won = await Promise.all(contenders.map(take));
      if (won.filter(Boolean).length > 1) return;
    }
    skip(`${rounds} rounds were lucky`);
  });

  it("through us, one of twelve gets the lock", async () => {
    await using store = await makeStore(kind);
    await using db = await store.open();
    await ensureLedger(db);
    for (let round = 0; round < 25; round += 1) {
      await db.query("DELETE _migration_lock");
      const answers = await Promise.all(
        contenders.map((owner) => acquireLock(db, { owner, runner: randomUUID(), ttlMs: 60_000 })),
      );
      expect(answers.filter(({ acquired }) => acquired)).toHaveLength(1);
    }
  });
});
