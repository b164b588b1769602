import { readStatement } from "@surql/surrealql";
import type { PreparedScript } from "./lay-out.ts";
import type { PlannedMigration } from "../plan/rollback-plan.ts";

/** The plan's own statements, frozen when it was made: no file is read again. Pure. */
export function readScript(migration: PlannedMigration): PreparedScript {
  const { version, transaction, statements, lines, file, statementsDone } = migration;
  return {
    version,
    transaction,
    statements: statements.map((text, position) => ({
      text,
      migration: version,
      index: statementsDone + position,
      line: lines[position] ?? 1,
      file,
      touches: readStatement(text).touches,
    })),
  };
}
