import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import { migrationTransactions } from "@surql/executor";
import type { Migration, MigrationDirection } from "@surql/migration";

/** Everything that is in an engine, as one value of its own: definitions, and each record as text with its edges. */
const everything =
  "{ db: (INFO FOR DB), tables: object::keys((INFO FOR DB).tables).map(|$t| [$t, (INFO FOR TABLE $t), " +
  "(SELECT VALUE <string> [$this, ->?.id, <-?.id] FROM type::table($t))]) }";

/** The same of an engine that can hold no records. */
const definitions =
  "{ db: (INFO FOR DB), tables: object::keys((INFO FOR DB).tables).map(|$t| [$t, (INFO FOR TABLE $t)]) }";

/**
 * Runs a migration up, down and up again in one round trip, and lets the engine compare.
 *
 * @param isBare Whether there can be no records.
 * @returns `true` when everything is exactly as it was, both times. `false` says nothing yet: what is only computed may differ too.
 */
export async function runAtOnce(
  scratch: Database,
  migration: Migration,
  isBare: boolean,
): Promise<boolean> {
  const look = (name: string): string =>
    `LET $__surql_${name} = ${isBare ? definitions : everything};\n`;
  const up = scriptOf(migration, "up");
  const text = [
    look("before"),
    up,
    look("up"),
    scriptOf(migration, "down"),
    look("down"),
    up,
    look("again"),
    "RETURN $__surql_before = $__surql_down AND $__surql_up = $__surql_again",
  ].join("");
  try {
    return (await scratch.query(text)).at(-1) === true;
  } catch (error) {
    if (!isSurqlError(error)) throw error;
    return false;
  }
}

/** Whether its scripts can stand in one text: what one of them puts into a parameter, the next one would find there. */
export function fitsOneText({ up, down }: Pick<Migration, "up" | "down">): boolean {
  return [...up, ...down].every(({ text }) => !/^let\b/i.test(text));
}

function scriptOf(migration: Migration, direction: MigrationDirection): string {
  return migrationTransactions(migration, direction, { inMemory: true })
    .filter(({ statements }) => statements.length > 0)
    .map(({ transactional, statements }) => {
      const texts = statements.map(({ text }) => `${text}\n;\n`).join("");
      return transactional ? `BEGIN;\n${texts}COMMIT;\n` : texts;
    })
    .join("");
}
