import type { Database } from "@surql/connection";
import type { Migration } from "@surql/migration";
import { layOutWhole } from "../run/lay-out.ts";
import type { PreparedStatement } from "../run/prepared-statement.ts";

/** With fewer to apply, there is little to save. */
const fewestPending = 20;
/** A run looks between groups whether it is to stop. */
const mostMigrations = 16;
const mostCharacters = 64_000;

/** Whether migrations may share requests here. 2.x answers in another way. */
export function mayJoin({ target }: Database, pending: readonly Migration[]): boolean {
  return pending.length >= fewestPending && !target.engineVersion.startsWith("2.");
}

/**
 * The migrations from a position on that can share a request, each in a transaction of its own: those that do nothing
 * but change the schema. Where one fails, it costs nothing to run it again. Pure.
 *
 * @param unfinished What an interrupted run left half-way, by version.
 */
export function groupAt(
  pending: readonly Migration[],
  first: number,
  unfinished: ReadonlyMap<string, unknown>,
): readonly Migration[] {
  let characters = 0;
  let end = first;
  for (; end < pending.length && end - first < mostMigrations; end++) {
    const migration = pending[end]!;
    if (unfinished.has(migration.version) || !isPlain(migration)) break;
    for (const { text } of migration.up) characters += text.length;
    if (characters > mostCharacters) break;
  }
  return end - first > 1 ? pending.slice(first, end) : [];
}

function isPlain(migration: Migration): boolean {
  if (migration.transaction !== "required" || migration.up.length === 0) return false;
  const [part, ...more] = layOutWhole(migration);
  return (
    part !== undefined &&
    more.length === 0 &&
    part.statements.every(changesSchemaAlone(part.statements))
  );
}

/** Takes no time, whatever there is in the tables, and sets nothing off. */
function changesSchemaAlone(
  statements: readonly PreparedStatement[],
): (statement: PreparedStatement) => boolean {
  const made = new Set(
    statements.flatMap(({ touches }) =>
      touches.flatMap((touch) =>
        touch.effect === "define" && touch.object.kind === "table" && touch.mode === "plain"
          ? [touch.object.name]
          : [],
      ),
    ),
  );
  return ({ touches }) =>
    touches.length > 0 &&
    touches.every((touch) => {
      if (touch.conditional) return false;
      if (touch.effect === "remove" || touch.effect === "alter")
        return touch.object.kind !== "index";
      if (touch.effect !== "define" || "AS" in touch.clauses) return false;
      const { kind, table } = touch.object;
      // An index of a table that is made before it in the transaction is complete from the beginning.
      if (kind !== "index") return true;
      return table !== undefined && made.has(table) && !("CONCURRENTLY" in touch.clauses);
    });
}
