import type { Trial } from "@surql/connection";
import { quoteIdentifier, quoteString } from "@surql/surrealql";

/** What tells the contents of records apart, by the text of their ids. */
export type Digests = ReadonlyMap<string, string>;

/**
 * A digest of every record of a table. The text of a record shows all types apart, fractions of a second and
 * `NONE` included, and its fields in order of their names (measured on 3.0.2).
 *
 * @param left Fields to leave out.
 * @throws `CONNECTION.QUERY_FAILED` when the table is not there.
 */
export async function readDigests(
  trial: Trial,
  table: string,
  left: readonly string[],
): Promise<Digests> {
  const names = left.map((name) => quoteString(name)).join(", ");
  const record = left.length === 0 ? "$this" : `object::remove($this, [${names}])`;
  const [rows] = await trial.query(
    `SELECT VALUE crypto::sha1(<string> ${record}) + <string> id FROM ${quoteIdentifier(table)}`,
  );
  return new Map(
    (rows as readonly string[]).map((row) => [row.slice(digestLength), row.slice(0, digestLength)]),
  );
}

const digestLength = 40;
