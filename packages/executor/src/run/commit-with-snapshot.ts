import type { BoundScript, Database, ScriptStatement } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import { recordEvent } from "@surql/history";
import { createSnapshot, snapshotScript } from "@surql/snapshot";
import { significantTokens } from "@surql/surrealql";
import { joinScripts, scriptStatement } from "./bound-scripts.ts";
import type { Part } from "./lay-out.ts";
import type { PartRecord, WantedSnapshot } from "./run-parts.ts";

/** Commits a part with a snapshot, which is taken in the open transaction after its changes, and stored by it. */
export async function commitWithSnapshot(
  db: Database,
  guard: BoundScript,
  part: Part,
  record: PartRecord & { readonly snapshot: WantedSnapshot },
  id: string,
): Promise<void> {
  const statements = part.statements.map(scriptStatement);
  let isUnreadable = false;
  try {
    await commit(statements);
  } catch (error) {
    // Nothing is committed then. A value that the engine cannot send, as a regex, is better not asked for.
    if (!isUnreadable) throw error;
    await commit(statements.map(withoutAnswer));
  }

  async function commit(script: readonly ScriptStatement[]): Promise<void> {
    await db.transaction(async (transaction) => {
      const { script: begun, bindings: known } = joinScripts([
        { script: [{ text: "RETURN time::now()" }], bindings: {} },
        guard,
        ...(record.company?.opening ?? []),
        { script, bindings: {} },
        ...(record.company?.closing ?? []),
      ]);
      const [started] = await transaction.run(begun, known).catch((error: unknown) => {
        isUnreadable = isSurqlError(error) && error.code === "CONNECTION.OUTCOME_UNKNOWN";
        throw error;
      });
      const snapshot = await createSnapshot(transaction, {
        ...record.snapshot,
        engineVersion: db.target.engineVersion,
      });
      const bookkeeping = joinScripts([
        ...record.ledger,
        recordEvent(id, record.event),
        snapshotScript(snapshot),
      ]);
      const bindings = { ...bookkeeping.bindings, __surql_started: started };
      await transaction.run(bookkeeping.script, bindings);
    });
  }
}

const answering = new Set(["CREATE", "DELETE", "INSERT", "RELATE", "SELECT", "UPDATE", "UPSERT"]);

/** The same statement; its result stays in the database. */
function withoutAnswer(statement: ScriptStatement): ScriptStatement {
  const [verb] = significantTokens(statement.text);
  if (verb === undefined || !answering.has(verb.text.toUpperCase())) return statement;
  return { ...statement, text: `LET $__surql_unread = (${statement.text}\n)` };
}
