import { connect } from "@surql/connection";
import { RecordId } from "surrealdb";
import { expect, it } from "vitest";

const place = { url: "mem://", namespace: "test", database: "main" };

it("keeps nothing of what was tried", async () => {
  await using db = await connect(place);
  await db.query("DEFINE TABLE t SCHEMAFULL; DEFINE FIELD a ON t TYPE int; CREATE t:1 SET a = 1");
  const before = await db.query("SELECT * FROM t; INFO FOR DB; INFO FOR TABLE t");
  const seen = await db.rehearse(async (trial) => {
    await trial.query("REMOVE FIELD a ON t; DELETE t:1; CREATE t:2");
    return trial.query("SELECT VALUE id.id() FROM t");
  });
  expect(seen).toEqual([[2]]);
  expect(await db.query("SELECT * FROM t; INFO FOR DB; INFO FOR TABLE t")).toEqual(before);
});

it("goes on after a failed statement, and says what came of each", async () => {
  await using db = await connect(place);
  const attempts = await db.rehearse((trial) =>
    trial.attempt(
      [
        { text: "CREATE t:1" },
        { text: "CREATE t:9 SET a = <int> 'x'", origin: { migration: "20260109_120000", line: 3 } },
        { text: "SELECT VALUE id FROM t WHERE $id IN [id]" },
      ],
      { id: new RecordId("t", 1) },
    ),
  );
  expect(attempts).toMatchObject([
    { success: true, durationMs: expect.any(Number) },
    {
      success: false,
      error: {
        code: "CONNECTION.QUERY_FAILED",
        meta: { index: 1, migration: "20260109_120000", line: 3 },
      },
    },
    { success: true, result: [new RecordId("t", 1)] },
  ]);
});

it("goes on after a query that throws", async () => {
  await using db = await connect(place);
  const result = await db.rehearse(async (trial) => {
    await expect(trial.query("THROW 'no'")).rejects.toMatchObject({
      code: "CONNECTION.QUERY_FAILED",
    });
    return trial.query("RETURN 1");
  });
  expect(result).toEqual([1]);
});

it("throws what the work throws, and keeps nothing then either", async () => {
  await using db = await connect(place);
  const failing = db.rehearse(async (trial) => {
    await trial.query("CREATE t:1");
    throw new Error("enough");
  });
  await expect(failing).rejects.toThrow("enough");
  expect(await db.query("RETURN object::keys((INFO FOR DB).tables)")).toEqual([[]]);
});

it("is over when the work is", async () => {
  await using db = await connect(place);
  const trial = await db.rehearse((one) => Promise.resolve(one));
  await expect(trial.query("RETURN 1")).rejects.toMatchObject({
    code: "CONNECTION.TRANSACTION_OVER",
  });
});

it("refuses a text that does not parse as a whole", async () => {
  await using db = await connect(place);
  const failing = db.rehearse((trial) =>
    trial.attempt([{ text: "RETURN 1" }, { text: "DEFINE FEILD" }]),
  );
  await expect(failing).rejects.toMatchObject({
    code: "CONNECTION.INVALID_STATEMENT",
    meta: { index: 1 },
  });
});
