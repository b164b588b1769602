import type { Database } from "surql";

/** The database, where something happens in each transaction that holds a text: after all of it, before its commit. */
export function beforeItCommits(
  db: Database,
  text: string,
  happens: () => Promise<unknown>,
): Database {
  return {
    ...db,
    transact(script, bindings) {
      if (!script.some((statement) => statement.text.includes(text)))
        return db.transact(script, bindings);
      return db.transaction(async (transaction) => {
        const results = await transaction.run(script, bindings);
        await happens();
        return results;
      });
    },
  };
}
