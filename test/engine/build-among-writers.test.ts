import { applyMigrations } from "surql";
import type { Database } from "surql";
import { describe, expect, it } from "vitest";
import { makeProject } from "../workflow/project.ts";
import { makeStore } from "../workflow/stores.ts";

const rows = 1000;
const build = "DEFINE INDEX i ON t FIELDS n;";

/** Fills a table, and goes on writing to it with four writers while the work is done. */
async function amongWriters(db: Database, work: () => Promise<unknown>): Promise<void> {
  await db.query(
    `REMOVE TABLE IF EXISTS t; DEFINE TABLE t; FOR $i IN 0..${rows} { CREATE type::record("t", $i) SET n = $i }`,
  );
  let next = rows;
  const over = new AbortController();
  // So many at most: a rebuild among writers that never pause may never end.
  const write = async (): Promise<void> => {
    while (!over.signal.aborted && next < rows * 1.5) {
      const n = next++;
      await db.query('CREATE type::record("t", $n) SET n = $n', { n });
    }
  };
  const writers = Promise.all([write(), write(), write(), write()]);
  try {
    await work();
  } finally {
    over.abort();
    await writers;
  }
}

/** How many records a scan finds and the index does not. */
async function missing(db: Database): Promise<unknown> {
  const [count] = await db.query(
    "RETURN (SELECT n FROM t WITH NOINDEX).filter(|$r| (SELECT VALUE id FROM t WITH INDEX i WHERE n = $r.n) = []).len()",
  );
  return count;
}

// A build does not see what is committed while it runs. Whether somebody commits at that moment is a matter of luck.
describe.each(["surrealkv", "rocksdb"] as const)("on %s", (kind) => {
  it("an index that is built while others write misses records", async ({ skip }) => {
    await using store = await makeStore(kind);
    await using raw = await store.open();
    for (let round = 0; round < 30; round += 1) {
      await amongWriters(raw, () => raw.query(build));
      if ((await missing(raw)) !== 0) return;
    }
    skip("30 builds were lucky");
  });

  it("through us, it misses none", async () => {
    await using store = await makeStore(kind);
    await using db = await store.open();
    for (let round = 0; round < 3; round += 1) {
      await using project = await makeProject();
      const migrations = await project.write({ [String(round)]: { up: build } });
      await amongWriters(db, () => applyMigrations(db, migrations, { allowMissing: true }));
      expect(await missing(db)).toBe(0);
    }
  }, 240_000);
});
