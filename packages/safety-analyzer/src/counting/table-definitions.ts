import type { Trial } from "@surql/connection";
import { quoteIdentifier } from "@surql/surrealql";

/** The definitions of a table and its fields, by the name that `INFO` has for a field; `""` is the table itself. */
export type Definitions = ReadonlyMap<string, string>;

/** How a table is defined at this moment of a trial. */
export async function readDefinitions(trial: Trial, table: string): Promise<Definitions> {
  const [{ fields }, { tables }] = (await trial.query(
    `INFO FOR TABLE ${quoteIdentifier(table)}; INFO FOR DB`,
  )) as readonly [
    { readonly fields: Readonly<Record<string, string>> },
    { readonly tables: Readonly<Record<string, string>> },
  ];
  return new Map([...Object.entries(fields), ["", tables[table] ?? ""]]);
}

/** Takes the events off a table, so that a write to it sets nothing off. */
export async function removeEvents(trial: Trial, table: string): Promise<void> {
  const name = quoteIdentifier(table);
  const [{ events }] = (await trial.query(`INFO FOR TABLE ${name}`)) as readonly [
    { readonly events: object },
  ];
  const removals = Object.keys(events).map(
    (event) => `REMOVE EVENT ${quoteIdentifier(event)} ON ${name}`,
  );
  if (removals.length > 0) await trial.query(removals.join(";\n"));
}

/**
 * Gives a field, or the table itself, another definition. Only text that the engine itself printed is run.
 *
 * @param definition `undefined` takes the field away.
 * @param dropped A clause to leave out.
 */
export async function useDefinition(
  trial: Trial,
  table: string,
  name: string,
  definition: string | undefined,
  dropped?: "TYPE" | "ASSERT",
): Promise<void> {
  const on = `${name} ON ${quoteIdentifier(table)}`;
  const statements =
    definition === undefined
      ? [`REMOVE FIELD IF EXISTS ${on}`]
      : [definition.replace(/^DEFINE (TABLE|FIELD) /, "DEFINE $1 OVERWRITE ")];
  const drops = dropped === undefined ? [] : [`ALTER FIELD ${on} DROP ${dropped}`];
  await trial.query([...statements, ...drops].join(";\n"));
}
