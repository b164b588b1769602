import type { Database } from "@surql/connection";

const atOnce = 5000;

/** Fills a table of `tableDefinition` with records that have a value in each field. */
export async function fillTable(db: Database, table: string, records: number): Promise<void> {
  for (let done = 0; done < records; done += atOnce) {
    const range = `${done}..${Math.min(records, done + atOnce)}`;
    // One by one: an INSERT of many is quadratic in memory (docs/engine.md).
    await db.query(
      `FOR $i IN ${range} { CREATE type::record('${table}', $i) SET name = 'Ada Lovelace', ` +
        `email = 'ada' + <string>$i + '@example.com', bio = 'Wrote the first program.', age = $i % 100, balance = 1.5dec, ` +
        `settings = {}, parent = type::record('${table}', $i - 1) RETURN NONE }`,
    );
  }
}
