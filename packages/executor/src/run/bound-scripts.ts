import type { Bindings, BoundScript, ScriptStatement } from "@surql/connection";
import { originOf } from "./migration-failure.ts";
import type { PreparedStatement } from "./prepared-statement.ts";

/** One script of several. Their parameters must have different names. */
export function joinScripts(pieces: readonly BoundScript[]): BoundScript {
  const bindings: Bindings = Object.assign({}, ...pieces.map((piece) => piece.bindings));
  return { script: pieces.flatMap(({ script }) => script), bindings };
}

/** A statement of a migration, with what a failure of it is to be blamed on. */
export function scriptStatement(statement: PreparedStatement): ScriptStatement {
  return { text: statement.text, origin: originOf(statement) };
}
