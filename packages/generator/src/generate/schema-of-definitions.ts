import type { Database } from "@surql/connection";
import { captureSchema, type Schema } from "@surql/snapshot";
import { serverReason } from "@surql/errors";
import { redactSecrets } from "@surql/surrealql";
import { invalidDefinitions, type DefinitionProblem } from "./generate-errors.ts";
import { readDefinitions, type Definition, type DefinitionFile } from "./read-definitions.ts";

/**
 * The schema that files of `DEFINE` statements describe, whatever order they stand in: what an empty database has when
 * all of them are run.
 *
 * @param scratch An empty engine, as `db.openScratch()` gives. It holds the schema then.
 * @throws `GENERATOR.INVALID_DEFINITIONS` with every problem: what does not parse, is no definition, defines what
 * another one defines, or is refused by the engine.
 * @example
 * ```ts
 * const schema = await schemaOfDefinitions(scratch, [{ path: "schema/user.surql", text: "DEFINE TABLE user SCHEMAFULL;" }]);
 * ```
 */
export async function schemaOfDefinitions(
  scratch: Database,
  files: readonly DefinitionFile[],
): Promise<Schema> {
  let left: readonly Definition[] = inOrder(await readDefinitions(scratch, files));
  while (left.length > 0) {
    // The engine adds fields by itself (`tags.*`, `in`): with this, their definitions replace them.
    const scripts = left.map(({ text }) => [{ text: "OPTION IMPORT" }, { text }]);
    const failures = await scratch.transactEach(scripts);
    const refused = left.filter((_, index) => failures[index] !== undefined);
    // A view that reads another one may have stood before it.
    if (refused.length === left.length) {
      const reasons = failures.map(serverReason);
      throw invalidDefinitions(left.map((one, index) => problemOf(one, reasons[index]!)));
    }
    left = refused;
  }
  return captureSchema(scratch);
}

const ranks: Readonly<Record<string, number>> = { table: 1, field: 2, index: 3, event: 4 };

/** What tables use, tables, outer fields before inner ones, and then what uses fields. */
function inOrder(definitions: readonly Definition[]): readonly Definition[] {
  const keyed = definitions.map((definition) => {
    const { kind, table = "", name } = definition.object;
    const rank = ranks[kind] ?? 0;
    return { definition, key: kind === "field" ? `${rank} ${table} ${name}` : String(rank) };
  });
  return keyed
    .toSorted((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -1 : 1))
    .map(({ definition }) => definition);
}

function problemOf({ file, line, column, text }: Definition, reason: string): DefinitionProblem {
  return { file, line, column, statement: redactSecrets(text), reason: redactSecrets(reason) };
}
