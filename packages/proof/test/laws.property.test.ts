import fc from "fast-check";
import { expect, test } from "vitest";
import { migration, openScratch, prove } from "./made-migration.ts";
import { proveMigrations } from "../src/index.ts";

const base =
  "DEFINE TABLE t; DEFINE FIELD a ON t TYPE int; DEFINE FIELD b ON t TYPE string; DEFINE FIELD g ON t TYPE option<string>; DEFINE TABLE o";

/** An up statement, what undoes it, and what looks as if it did. */
const steps = [
  [
    "DEFINE FIELD `new one` ON t TYPE option<int>",
    "REMOVE FIELD `new one` ON t",
    "REMOVE FIELD IF EXISTS other ON t",
  ],
  ["DEFINE INDEX by_a ON t FIELDS a", "REMOVE INDEX by_a ON t", "REMOVE INDEX IF EXISTS by_b ON t"],
  ["UPDATE t SET a = a + 1", "UPDATE t SET a = a - 1", "UPDATE t SET a = a - 2"],
  [
    "UPDATE t SET b = b + 'x'",
    "UPDATE t SET b = string::slice(b, 0, string::len(b) - 1)",
    "UPDATE t SET b = 'x'",
  ],
  ["UPDATE t SET c = [a, b]", "UPDATE t UNSET c", "UPDATE t SET c = NULL"],
  [
    "CREATE o:made SET at = d'2026-01-01T00:00:00Z'",
    "DELETE o:made",
    "UPDATE o:made SET at = NONE",
  ],
  ["UPDATE t SET d = time::now()", "UPDATE t UNSET d", "UPDATE t SET d = d"],
  [
    "DEFINE TABLE extra; DEFINE EVENT e ON extra THEN { CREATE o }",
    "REMOVE TABLE extra",
    "REMOVE EVENT e ON extra",
  ],
  ["DEFINE PARAM $limit VALUE 5", "REMOVE PARAM $limit", "DEFINE PARAM OVERWRITE $limit VALUE 6"],
  ["DELETE t", "UPDATE t SET a = 1", "CREATE t:new SET a = 1, b = ''"],
  [
    "ALTER FIELD g ON t TYPE option<string | int>",
    "ALTER FIELD g ON t TYPE option<string>",
    "REMOVE FIELD g ON t",
  ],
] as const;

const script = fc
  .shuffledSubarray(
    steps.map((_, at) => at),
    { minLength: 1, maxLength: 4 },
  )
  .chain((chosen) =>
    fc.tuple(
      fc.constant(chosen),
      fc.array(fc.nat(9), { minLength: chosen.length, maxLength: chosen.length }),
    ),
  )
  .map(([chosen, luck]) => {
    const pairs = chosen.map(
      (at, n) => [steps[at]?.[0], steps[at]?.[luck[n] === 0 ? 2 : 1]] as const,
    );
    return [
      pairs.map(([up]) => up).join(";\n"),
      pairs
        .map(([, down]) => down)
        .toReversed()
        .join(";\n"),
    ] as const;
  });

/** Whether down and up again give everything back, run by hand with records of its own. */
async function isExactByHand(up: string, down: string): Promise<boolean> {
  await using db = await openScratch();
  await db.query(
    `${base}; CREATE t:1 SET a = 1, b = 'one', g = 'g'; CREATE t:[2] SET a = 2, b = '', more = { x: 1dec }; CREATE o:\`odd key\``,
  );
  const everything = async (): Promise<string> =>
    JSON.stringify([
      await db.query(
        "INFO FOR DB; RETURN object::keys((INFO FOR DB).tables).map(|$t| [(INFO FOR TABLE $t), (SELECT VALUE <string>$this FROM type::table($t))])",
      ),
    ]);
  try {
    const before = await everything();
    await db.query(up);
    const first = await everything();
    await db.query(down);
    if ((await everything()) !== before) return false;
    await db.query(up);
    return (await everything()) === first;
  } catch {
    return false;
  }
}

test("a verdict of exact is the same as a check by hand", { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(script, async ([up, down]) => {
      const [, proof] = await prove([
        [base, "REMOVE TABLE o; REMOVE TABLE t"],
        [up, down],
      ]);
      expect([proof?.verdict === "exact", proof]).toEqual([await isExactByHand(up, down), proof]);
    }),
    { seed: 1, numRuns: 40 },
  );
});

test("what is proved together is proved alike alone", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(script, { minLength: 2, maxLength: 3 }), async (scripts) => {
      const all = [[base, "REMOVE TABLE o; REMOVE TABLE t"] as const, ...scripts].map((one, at) =>
        migration(String(at + 1), one),
      );
      const last = String(all.length);
      const together = await proveMigrations(all, { openScratch });
      const alone = await proveMigrations(all, { openScratch, versions: [last] });
      const [a, b] = [together.migrations.at(-1), alone.migrations[0]];
      expect({ ...a, durationMs: 0 }).toEqual({ ...b, durationMs: 0 });
    }),
    { seed: 1, numRuns: 8 },
  );
});
