import type { Database } from "@surql/connection";

/** The database, where something happens while it is at work on each query that holds a text. */
export function whileItRuns(db: Database, text: string, happens: () => void): Database {
  return {
    ...db,
    query(sql, bindings) {
      const answer = db.query(sql, bindings);
      if (sql.includes(text)) happens();
      return answer;
    },
  };
}

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
