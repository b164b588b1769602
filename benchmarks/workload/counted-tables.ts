import type { Database } from "@surql/connection";

const atOnce = 5000;

/** Tables, each for one thing that is counted, and how record `$i` of it is filled. */
const tables: Readonly<
  Record<string, { readonly fields: readonly string[]; readonly set: string }>
> = {
  removed: { fields: [], set: "" },
  linking: {
    fields: ["target TYPE option<record<removed>>"],
    set: "target = IF $i % 3 = 0 { type::record('removed', $i) }",
  },
  poisoned: { fields: ["bio TYPE option<string>"], set: "bio = IF $i % 10 = 0 { 'x' }" },
  typed: { fields: ["age TYPE int | string"], set: "age = IF $i % 100 = 0 { 'old' } ELSE { $i }" },
  required: { fields: ["note TYPE option<string>"], set: "note = IF $i % 20 != 0 { 'x' }" },
  repeated: {
    fields: ["code TYPE int"],
    set: "code = IF $i % 100 = 1 { $i - 1 } ELSE { $i }",
  },
  deleted: { fields: ["score TYPE int"], set: "score = $i % 1000" },
};

/** The statements of a rollback that loses something of every table but `linking`, whose links dangle. */
export const lossyScript = [
  "REMOVE TABLE removed",
  "REMOVE FIELD bio ON poisoned",
  "DEFINE FIELD OVERWRITE age ON typed TYPE int",
  "DEFINE FIELD OVERWRITE note ON required TYPE string",
  "DEFINE INDEX code_idx ON repeated FIELDS code UNIQUE",
  "DELETE deleted WHERE score < 250",
];

/** Defines and fills the tables that {@link lossyScript} is about, with so many records each. */
export async function fillCountedTables(db: Database, records: number): Promise<void> {
  for (const [table, { fields, set }] of Object.entries(tables)) {
    const own = ["name TYPE string", "email TYPE string", "created_at TYPE datetime", ...fields];
    await db.query(
      [
        `DEFINE TABLE ${table} SCHEMAFULL`,
        ...own.map((field) => `DEFINE FIELD ${field.replace(" ", ` ON ${table} `)}`),
      ].join(";\n"),
    );
    const values = ["name = 'Ada Lovelace'", "email = <string> $i", "created_at = time::now()"];
    const sets = [...values, ...(set === "" ? [] : [set])].join(", ");
    for (let done = 0; done < records; done += atOnce) {
      const range = `${done}..${Math.min(records, done + atOnce)}`;
      // One by one: an INSERT of many is quadratic in memory (docs/engine.md).
      await db.query(
        `FOR $i IN ${range} { CREATE type::record('${table}', $i) SET ${sets} RETURN NONE }`,
      );
    }
  }
}
