import { captureSchema, schemaChecksum } from "@surql/snapshot";
import fc from "fast-check";
import { expect, it } from "vitest";
import { connect } from "@surql/connection";
import { migrationBetween, nameRenames } from "../../src/index.ts";

/** Fields by kind: what is said of them behind their name, and values that fit. */
const kinds = [
  { said: "TYPE string ASSERT $value != ''", values: ["'x'", "'it is'", "'NONE'"] },
  { said: "TYPE string READONLY", values: ["'fixed'"] },
  { said: "TYPE option<int>", values: ["NONE", "7", "-1"] },
  { said: "TYPE option<string | null> DEFAULT ALWAYS 'd'", values: ["NULL", "'y'"] },
  // With a type of its elements, the engine adds a field that it cannot remove again if the name has to be quoted (3.0.2).
  { said: "TYPE array", values: ["[]", "[1, 2]"] },
  { said: "TYPE datetime VALUE $value ?? time::now()", values: ["d'2026-01-09T12:00:00Z'"] },
  { said: "TYPE object FLEXIBLE", values: ["{ a: 1, b: { c: [1] } }", "{}"] },
  { said: "TYPE option<record<other>>", values: ["other:1", "NONE"] },
  { said: "TYPE float", values: ["1.5f", "2f"] },
  { said: "TYPE decimal", values: ["1.10dec"] },
] as const;

const field = fc.nat(kinds.length - 1).chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    values: fc.array(fc.constantFrom(...kinds[kind]!.values), { minLength: 3, maxLength: 3 }),
    isRenamed: fc.boolean(),
    isIndexed: fc.boolean(),
  }),
);
const cases = fc.record({
  isFull: fc.boolean(),
  hasEvent: fc.boolean(),
  /** Words of the language and names that have to be quoted among them. */
  names: fc.shuffledSubarray(["a", "b", "value", "`odd-name`", "type"], { minLength: 5 }),
  fields: fc.array(field, { minLength: 1, maxLength: 4 }),
  isTableRenamed: fc.boolean(),
});
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

function definitions(
  { isFull, hasEvent, names, fields, isTableRenamed }: Case,
  side: 0 | 1,
): string {
  const table = side === 1 && isTableRenamed ? "moved" : "t";
  return [
    `DEFINE TABLE ${table} ${isFull ? "SCHEMAFULL" : "SCHEMALESS"}; DEFINE TABLE log; DEFINE TABLE other;`,
    ...fields.map(({ kind, isRenamed, isIndexed }, at) => {
      const name = side === 1 && isRenamed && !isTableRenamed ? `new_${at}` : names[at];
      const index = isIndexed ? `DEFINE INDEX i${at} ON ${table} FIELDS ${name};` : "";
      // Tables without a schema refuse the word.
      const said = kinds[kind]!.said.replace(isFull ? "" : " FLEXIBLE", "");
      return `DEFINE FIELD ${name} ON ${table} ${said}; ${index}`;
    }),
    hasEvent ? `DEFINE EVENT seen ON ${table} THEN { CREATE log };` : "",
  ].join("\n");
}

function records({ names, fields }: Case): string {
  const rows = [0, 1, 2].map((row) => {
    const set = fields.map(({ values }, at) => `${names[at]} = ${values[row]}`);
    return `CREATE t:${row} SET ${set.join(", ")};`;
  });
  return `${rows.join("\n")} DELETE log;`;
}

async function openScratch() {
  return connect({ url: "mem://", namespace: "n", database: "d" });
}

it("moves whatever fields and tables hold, and back, and changes nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (one) => {
      await using db = await openScratch();
      await using target = await openScratch();
      await db.query(definitions(one, 0));
      await target.query(definitions(one, 1));
      const [before, after] = [await captureSchema(db), await captureSchema(target)];
      await db.query(records(one));

      const { names, fields, isTableRenamed } = one;
      const named = isTableRenamed
        ? [{ from: "t", to: "moved" }]
        : fields.flatMap(({ isRenamed }, at) =>
            isRenamed ? [{ from: `t.${names[at]}`, to: `t.new_${at}` }] : [],
          );
      const { up, down } = migrationBetween(before, after, nameRenames(before, after, named));
      const listed = (side: 0 | 1): string => {
        const table = side === 1 && isTableRenamed ? "moved" : "t";
        const selected = fields.map(({ isRenamed }, at) => {
          const name = side === 1 && isRenamed && !isTableRenamed ? `new_${at}` : names[at];
          return `${name} AS f${at}`;
        });
        return `SELECT record::id(id) AS key, ${selected.join(", ")} FROM ${table}; SELECT * FROM log`;
      };
      const held = async (sql: string): Promise<string> =>
        JSON.stringify(await db.query(sql), (_, value: unknown) =>
          typeof value === "bigint" ? `${value}n` : value,
        );
      const whole = await held("SELECT * FROM t");
      const values = await held(listed(0));

      await db.transact(up.statements.map(({ text }) => ({ text })));
      expect(schemaChecksum(await captureSchema(db))).toBe(schemaChecksum(after));
      expect(await held(listed(1))).toEqual(values);
      await db.transact(down.statements.map(({ text }) => ({ text })));
      expect(schemaChecksum(await captureSchema(db))).toBe(schemaChecksum(before));
      expect(await held("SELECT * FROM t")).toEqual(whole);
      expect(await held(listed(0))).toEqual(values);
    }),
    { seed: 1, numRuns: 60 },
  );
});
