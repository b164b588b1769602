import { isSurqlError, quoteIdentifier, type Database, type Schema } from "surql";

/** Values that fit what indexes there may be; no two records have the same. */
const contents = [1, 2].map(
  (n) =>
    `{ name: 'n${n}', age: ${n}, \`a.b\`: ${n}, tags: ['t${n}'], body: 'text ${n}', vector: [1f, ${n}f] }`,
);

/** Puts records into all tables that are no views, past their own rules. */
export async function addRecords(db: Database, { tables, edges }: Schema): Promise<void> {
  const plain = Object.entries(tables).filter(
    ([, { definition }]) => !/ (AS|DROP) /.test(definition),
  );
  // A view of two tables cannot hold two records of one key.
  const texts = [
    ...plain.flatMap(([name], at) =>
      contents.map(
        (content, n) =>
          `CREATE ${quoteIdentifier(name)}:${10 * at + n} CONTENT ${content} RETURN NONE`,
      ),
    ),
    ...Object.keys(edges).map(
      (name, at) =>
        `RELATE user:0->${quoteIdentifier(name)}:${1000 + at}->post:0 CONTENT ${contents[0]} RETURN NONE`,
    ),
  ];
  for (const text of texts) {
    try {
      await db.query(`OPTION IMPORT; ${text}`);
    } catch (error) {
      // What a table does not take is not in it.
      if (!isSurqlError(error)) throw error;
    }
  }
}

/** How many records each table has. */
export async function countRecords(
  db: Database,
  tables: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const table of tables) {
    const [count] = await db.query(
      `RETURN count((SELECT VALUE id FROM ${quoteIdentifier(table)}))`,
    );
    counts.set(table, Number(count));
  }
  return counts;
}
