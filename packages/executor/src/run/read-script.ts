import { readStatement } from "@surql/surrealql";
import { statementPositions } from "../half/statement-positions.ts";
import type { PreparedScript } from "./lay-out.ts";
import type { PlannedMigration } from "../plan/rollback-plan.ts";

/** The plan's own statements, frozen when it was made: no file is read again. Pure. */
export function readScript(migration: PlannedMigration): PreparedScript {
  const { version, transaction, statements, lines, file } = migration;
  const positions = statementPositions(migration);
  return {
    version,
    transaction,
    statements: statements.map((text, position) => ({
      text,
      migration: version,
      index: positions[position] ?? position,
      line: lines[position] ?? 1,
      file,
      touches: readStatement(text).touches,
    })),
  };
}
