import { quoteIdentifier, type Database } from "surql";

/** A table as it was found. */
export interface Content {
  readonly info: { readonly indexes?: Readonly<Record<string, string>> };
  /** Its records, by id. */
  readonly rows: readonly string[];
}

/** What is in tables, asked at once: each of thousands of cuts looks at a dozen of them, twice. */
export async function contentsOf(
  db: Database,
  tables: readonly string[],
): Promise<ReadonlyMap<string, Content>> {
  const asked = tables.map(quoteIdentifier).map(
    (table) =>
      `INFO FOR TABLE ${table};
      RETURN (SELECT * FROM ${table} ORDER BY id).map(|$row| <string>$row);`,
  );
  const answers = asked.length === 0 ? [] : await db.query(asked.join(""));
  return new Map(
    tables.map((table, at) => {
      const [info, rows] = answers.slice(2 * at);
      return [table, { info, rows } as Content];
    }),
  );
}

/** Records that a scan finds and an index does not. */
export async function missedByIndexes(
  db: Database,
  tables: readonly string[],
  content: ReadonlyMap<string, Content>,
): Promise<readonly string[]> {
  const indexes = tables.flatMap((table) =>
    Object.entries(content.get(table)?.info.indexes ?? {}).flatMap(([name, definition]) => {
      const column = /FIELDS (\S+)/.exec(definition)?.[1];
      return column === undefined ? [] : [{ table, name, column }];
    }),
  );
  const asked = indexes.map(({ table, name, column }) => {
    const from = quoteIdentifier(table);
    return (
      `RETURN <string>(SELECT id, ${column} AS value FROM ${from} WITH NOINDEX).filter(|$row| $row.id NOT IN ` +
      `(SELECT VALUE id FROM ${from} WITH INDEX ${quoteIdentifier(name)} WHERE ${column} = $row.value)).map(|$row| $row.id);`
    );
  });
  const answers = asked.length === 0 ? [] : await db.query(asked.join(""));
  return indexes.flatMap(({ table, name }, at) =>
    answers[at] === "[]" ? [] : [`${table}.${name} misses ${String(answers[at])}`],
  );
}
