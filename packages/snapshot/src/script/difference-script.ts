import { compareSchemas } from "../compare-schemas.ts";
import type { SchemaChange } from "../difference.ts";
import type { Schema } from "../snapshot.ts";
import { objectSteps } from "./object-steps.ts";
import { tableSteps } from "./table-steps.ts";

/** A statement of a script that turns one schema into another, and what it is about. */
export interface DifferenceStatement {
  /** What becomes of the object. One that is removed and defined again has a statement of both kinds. */
  readonly effect: "define" | "alter" | "remove" | "rebuild";
  readonly kind: string;
  /** `user`, `user.bio`, `access account`: as in a difference. */
  readonly path: string;
  readonly text: string;
}

/** A change that no statement can make. */
export interface DifferenceGap {
  readonly path: string;
  readonly kind: string;
  readonly change: SchemaChange["change"];
  /**
   * - `secret`: a password or a key, which is in no snapshot;
   * - `unreadable`: the engine refused to show the table when it was captured;
   * - `impossible`: SurrealQL has no statement for that.
   */
  readonly reason: "secret" | "unreadable" | "impossible";
  /** Where a secret is missing, what to run: with `<secret>` where it belongs. */
  readonly statement?: string | undefined;
}

/** What turns one schema into another. */
export interface DifferenceScript {
  /** In the order in which they can run. */
  readonly statements: readonly DifferenceStatement[];
  /** What stays as it was; sorted by path. */
  readonly gaps: readonly DifferenceGap[];
}

/** What {@link differenceScript} can be told. */
export interface DifferenceScriptOptions {
  /**
   * Makes the password hashes, keys and credentials, which are in no schema. It must not be possible to guess what it gives.
   * Left out, what lacks one is a gap.
   */
  readonly secret?: (() => string) | undefined;
}

/**
 * Writes the SurrealQL that turns one schema into another. Run on the first, it gives the second, down to the checksum, but for the gaps.
 *
 * The order is one that works whatever holds records: events, views and indexes go first and come last, a table stands before its fields, an
 * outer field before an inner one, a view behind all that it reads. What `OVERWRITE` would lose is changed by `ALTER`: where a
 * sequence stands, the rows of a view, what an index holds. Fields that the engine adds by itself (`tags.*`, `in`, `out`) are brought to what the second schema says.
 *
 * Data is not looked at: what the statements lose is for the safety analyzer to say. A view that is computed
 * anew by `REMOVE` and `DEFINE` in one transaction fails in memory when it has rows (measured on 3.0.2; not on stores that write files).
 *
 * @example
 * ```ts
 * const { statements, gaps } = differenceScript(before, after);
 * for (const { text } of statements) await db.query(text);
 * ```
 */
export function differenceScript(
  before: Schema,
  after: Schema,
  options: DifferenceScriptOptions = {},
): DifferenceScript {
  const changes = compareSchemas(before, after);
  const objects = objectSteps(changes, options);
  const tables = tableSteps(before, after, changes);
  const gaps = [...objects.gaps, ...tables.gaps];
  return {
    statements: [
      ...tables.takenDown,
      ...objects.beforeTables,
      ...tables.builtUp,
      ...objects.behindTables,
      ...tables.dropped,
      ...objects.dropped,
    ],
    gaps: gaps.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  };
}
