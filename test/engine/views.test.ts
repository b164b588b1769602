import { expect, it } from "vitest";
import { makeStore } from "../workflow/stores.ts";

// Only what the engine does. That a view is not judged by its rows is the safety analyzer's to show.
const filled = "DEFINE TABLE t; CREATE t:1 SET a = 1; CREATE t:2 SET a = 1; CREATE t:3 SET a = 2;";

it("a grouped view over a table with rows has wrong groups", async () => {
  await using store = await makeStore("mem");
  await using raw = await store.open();
  await raw.query(`${filled} DEFINE TABLE v AS SELECT a, count() AS n FROM t GROUP BY a`);
  const [view, direct] = await raw.query(
    "SELECT a, n FROM v; SELECT a, count() AS n FROM t GROUP BY a",
  );
  expect(direct).toEqual([
    { a: 1, n: 2 },
    { a: 2, n: 1 },
  ]);
  expect(view).not.toEqual(direct);
});

it("a view without the id cannot be defined over a table with rows", async () => {
  await using store = await makeStore("mem");
  await using raw = await store.open();
  await raw.query("DEFINE TABLE empty; DEFINE TABLE fine AS SELECT a FROM empty");
  await raw.query(filled);
  await expect(raw.query("DEFINE TABLE v AS SELECT a FROM t")).rejects.toThrow(/record id/);
});
