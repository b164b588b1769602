import type { Surreal } from "surrealdb";

/** What is counted, in the order of `lossyScript`. */
export interface Counts {
  readonly removed: number;
  readonly links: number;
  readonly values: number;
  readonly poisoned: number;
  readonly typed: number;
  readonly required: number;
  readonly groups: number;
  readonly duplicates: number;
  readonly deleted: number;
}

const atOnce = 500;

const counts = `
SELECT count() FROM removed GROUP ALL;
SELECT count(type::is_record(target, 'removed')) FROM linking GROUP ALL;
SELECT count(bio IS NOT NONE) FROM poisoned GROUP ALL;
SELECT count(score < 250) FROM deleted GROUP ALL;
SELECT * FROM (SELECT code, count() AS records FROM repeated GROUP BY code) WHERE records > 1;
`;

/** Counts as one would by hand: a query for each table, and every record tried where only that can tell. */
export async function countRaw(client: Surreal): Promise<Counts> {
  const [removed, links, values, deleted, groups] = await client
    .query<{ count: number; records: number }[][]>(counts)
    .collect();
  return {
    removed: removed?.[0]?.count ?? 0,
    links: links?.[0]?.count ?? 0,
    values: values?.[0]?.count ?? 0,
    poisoned: await countRefused(client, "poisoned", "REMOVE FIELD bio ON poisoned"),
    typed: await countRefused(client, "typed", "DEFINE FIELD OVERWRITE age ON typed TYPE int"),
    required: await countRefused(
      client,
      "required",
      "DEFINE FIELD OVERWRITE note ON required TYPE string",
    ),
    groups: groups?.length ?? 0,
    duplicates: groups?.reduce((sum, { records }) => sum + records, 0) ?? 0,
    deleted: deleted?.[0]?.count ?? 0,
  };
}

/** Writes every record as it is, in a transaction that is cancelled: a write that is refused ends only itself. */
async function countRefused(client: Surreal, table: string, change: string): Promise<number> {
  const trial = await client.beginTransaction();
  try {
    const [ids = []] = await trial.query<unknown[][]>(`SELECT VALUE id FROM ${table}`).collect();
    await trial.query(change).collect();
    let refused = 0;
    for (let done = 0; done < ids.length; done += atOnce) {
      const some = ids.slice(done, done + atOnce);
      const text = some.map((_, at) => `UPDATE $r${at} RETURN NONE`).join(";");
      const bindings = Object.fromEntries(some.map((id, at) => [`r${at}`, id]));
      const responses = await trial.query(text, bindings).responses();
      refused += responses.filter(({ success }) => !success).length;
    }
    return refused;
  } finally {
    await trial.cancel();
  }
}
