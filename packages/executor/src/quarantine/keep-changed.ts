import { quoteString } from "@surql/surrealql";
import { keepRows, type EntryFrame } from "./keep-rows.ts";
import type { Keeping } from "./keeping.ts";
import { omitComputed, readRecords, tableExists } from "./stored-records.ts";

/** Statements that take an image of a table before it may be written to. Pure. */
export function takeImage(keeping: Keeping): readonly string[] {
  return readRecords(keeping, imageName(keeping)).script;
}

/**
 * Statements that keep what of an image is no longer stored as it was. Pure. A table that is gone is kept as a table.
 */
export function keepChanged(keeping: Keeping, frame: EntryFrame): readonly string[] {
  const { table, id } = keeping;
  const there = `$__surql_there_${id}`;
  const { items } = readRecords(keeping, imageName(keeping));
  return [
    `LET ${there} = ${tableExists(table)}`,
    ...items.map(
      ({ param }) =>
        `LET ${param} = IF ${there} { ${changedIn(param, keeping)} } ELSE { ${param} }`,
    ),
    ...keepRows(keeping, items, frame, {
      kind: `(IF ${there} { ${quoteString("records")} } ELSE { ${quoteString("table")} })`,
    }),
  ];
}

/**
 * Those of some records that are no longer stored as they were, each with what is left of it, as SurrealQL. They are
 * compared as texts: to the engine `1`, `1.0` and `1dec` are equal.
 *
 * @param image The records as they were, as SurrealQL.
 */
export function changedIn(image: string, { computed }: Pick<Keeping, "computed">): string {
  const omit = omitComputed(computed);
  return (
    `${image}.map(|$one| { id: $one.id, value: $one, left: (SELECT *${omit} FROM ONLY $one.id) })` +
    // A record that its own transaction wrote is read back without its id (docs/engine.md).
    ".map(|$one| IF $one.left = NONE { { id: $one.id, value: $one.value } } " +
    "ELSE { object::extend($one, { left: object::extend($one.left, { id: $one.id }) }) })" +
    ".filter(|$one| <string>$one.value != <string>$one.left)"
  );
}

function imageName({ id }: Keeping): string {
  return `__surql_image_${id}`;
}
