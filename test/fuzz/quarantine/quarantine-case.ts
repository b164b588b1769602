import fc from "fast-check";
import { key, value } from "./values.ts";

/** The scripts of a migration, and whether its statements are committed one by one. */
export interface CaseMigration {
  readonly up: string;
  readonly down: string;
  readonly transaction: "required" | "none";
}

/** A migration, and what is written to the database once all are applied. */
export interface QuarantineCase {
  readonly migrations: readonly CaseMigration[];
  readonly fill: readonly string[];
  /** Records that one table gets besides. */
  readonly volume: number;
  /** From how many records on things are kept and given back in batches. */
  readonly batchAbove: number;
}

const tables = ["t1", "t2", "`odd-table`"] as const;
const fields = [
  "a",
  "b",
  "o",
  "o.x",
  "o.`y z`",
  "`odd field`",
  "tags",
  "items.*.p",
  "value",
] as const;
const relations = ["likes", "`we-met`"] as const;

const table = fc.constantFrom(...tables);
const field = fc.constantFrom(...fields);

/** Defines a table, whatever the way down has left of it. */
function define(name: string, full: boolean): string {
  const plain = ["a", "b", "`odd field`", "tags", "value", "k", "o", "o.x", "o.`y z`", "items.*.q"];
  const fieldOf = (path: string, type: string): string =>
    `DEFINE FIELD OVERWRITE ${path} ON ${name} ${type};\n`;
  return [
    `DEFINE TABLE OVERWRITE ${name} ${full ? "SCHEMAFULL" : "SCHEMALESS"};\n`,
    fieldOf("items", "TYPE option<array<object>>"),
    fieldOf("items.*.p", "TYPE any"),
    ...plain.map((path) => fieldOf(path, "TYPE any")),
    fieldOf("twice", "COMPUTED type::is_array(k)"),
    `DEFINE EVENT OVERWRITE seen ON ${name} THEN { CREATE log };\n`,
  ].join("");
}

const first = fc
  .tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean())
  .map(
    ([relation, ...full]) =>
      tables.map((name, position) => define(name, full[position] === true)).join("") +
      relations
        .map(
          (name) =>
            `DEFINE TABLE OVERWRITE ${name} ${relation ? "TYPE RELATION " : "TYPE ANY "}SCHEMALESS;`,
        )
        .join("\n"),
  );

const next = fc.tuple(table, fc.boolean()).map(([name, full]) => define(name, full));

const condition = fc.constantFrom("", " WHERE k > 2", " WHERE a = NONE", " WHERE k IN [1, 3]");

const step: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: table.map((one) => `REMOVE TABLE IF EXISTS ${one}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...relations).map((one) => `REMOVE TABLE IF EXISTS ${one}`),
  },
  { weight: 1, arbitrary: table.map((one) => `IF true { REMOVE TABLE IF EXISTS ${one} }`) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(field, table)
      .map(([path, one]) => inTable(one, `REMOVE FIELD IF EXISTS ${path} ON ${one}`)),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(table, condition)
      .map(([one, where]) => inTable(one, `DELETE ${one}${where}`)),
  },
  {
    weight: 1,
    arbitrary: table.map((one) => inTable(one, `DEFINE TABLE OVERWRITE ${one} SCHEMAFULL`)),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(table, value, condition)
      .map(([one, to, where]) => inTable(one, `UPDATE ${one} SET k = ${to}${where} RETURN NONE`)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(table, key, value)
      .map(([one, id, to]) => inTable(one, `UPSERT ${one}:${id} CONTENT { k: ${to} } RETURN NONE`)),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...relations)
      .map((one) => inTable(one, `UPDATE ${one} SET n = 7 RETURN NONE`)),
  },
);

/** A statement about a table that may be gone by then. */
function inTable(name: string, statement: string): string {
  const plain = name.replaceAll("`", "");
  return `IF (INFO FOR DB).tables['${plain}'] { ${statement} }`;
}

const bare: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc
      .tuple(field, table)
      .map(([path, one]) => `REMOVE FIELD IF EXISTS ${path} ON ${one}`),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(table, condition).map(([one, where]) => `DELETE ${one}${where}`),
  },
  // Built in another transaction than what is written to its table before.
  { weight: 1, arbitrary: table.map((one) => `DEFINE INDEX OVERWRITE seen ON ${one} FIELDS k`) },
);

const largeLoss = fc.constantFrom(
  "REMOVE TABLE t1;\n",
  "REMOVE FIELD o ON t1;\n",
  "REMOVE FIELD `odd field` ON t1;\n",
  "DELETE t1;\n",
  "UPDATE t1 SET a = 0, k = 'other' RETURN NONE;\n",
);

const record = fc
  .record({ table, key, values: fc.array(value, { minLength: 6, maxLength: 6 }) })
  .map(
    ({ table: name, key: id, values: [a, b, x, y, odd, p] }) =>
      `CREATE ${name}:${id} CONTENT { a: ${a}, b: ${b}, o: { x: ${x}, \`y z\`: ${y} }, \`odd field\`: ${odd}, tags: [${a}], ` +
      `value: ${b}, items: [{ p: ${p}, q: 1 }, { q: ${x} }], k: 3 } RETURN NONE`,
  );

const edge = fc
  .record({
    relation: fc.constantFrom(...relations),
    from: table,
    to: table,
    fromKey: key,
    toKey: key,
    id: key,
    data: value,
  })
  .map(
    ({ relation, from, to, fromKey, toKey, id, data }) =>
      `RELATE ${from}:${fromKey}->${relation}:${id}->${to}:${toKey} SET n = ${data} RETURN NONE`,
  );

/**
 * A random database and the migrations that are rolled back from it.
 *
 * @param volume How many records one table gets besides; with any, the way down begins with a loss of that table's.
 */
export function quarantineCase(volume: number): fc.Arbitrary<QuarantineCase> {
  const down = fc.oneof(
    { weight: 3, arbitrary: fc.array(step, { minLength: 1, maxLength: 4 }) },
    { weight: 1, arbitrary: fc.array(bare, { minLength: 1, maxLength: 4 }) },
  );
  const script = down.map((steps) => `${steps.join(";\n")};`);
  const transaction = fc.constantFrom("required", "required", "none");
  const loss = volume === 0 ? fc.constant("") : largeLoss;
  return fc.record({
    migrations: fc
      .tuple(
        fc.record({ up: first, down: script, transaction }),
        fc.array(fc.record({ up: next, down: script, transaction }), { maxLength: 2 }),
        loss,
      )
      .map(([one, more, taken]) => {
        const all = [one, ...more];
        const last = all.length - 1;
        return all.map(({ up, down: rest, ...how }, at) => ({
          up,
          ...how,
          down: at === last ? taken + rest : rest,
        }));
      }),
    fill: fc
      .tuple(fc.array(record, { maxLength: 8 }), fc.array(edge, { maxLength: 5 }))
      .map(([records, edges]) => [...records, ...edges]),
    volume: fc.constant(volume),
    batchAbove: fc.constantFrom(0, 2, Infinity),
  });
}
