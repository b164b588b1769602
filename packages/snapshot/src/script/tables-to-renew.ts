import type { TableSnapshot } from "../snapshot.ts";
import { orderViews, type View } from "./order-views.ts";
import { altering } from "./statement-text.ts";

/** The views of two schemas, and what has to be removed although it is in both. */
export interface Renewal {
  /** Each behind those that it reads. */
  readonly viewsBefore: readonly View[];
  readonly viewsAfter: readonly View[];
  /** Tables that are removed and defined again. */
  readonly renewed: ReadonlySet<string>;
}

/**
 * Finds the tables that have to be removed and defined again: views that compute something else, views that become tables and the other way
 * round, and all views that read one of these.
 *
 * `OVERWRITE` will not do (measured on 3.0.2): it leaves the table that a view read bound to it, cuts the views that read it off, and fails in
 * memory when the view has rows. A table that is read by a view cannot be removed, so the readers go first.
 */
export function tablesToRenew(
  before: ReadonlyMap<string, TableSnapshot>,
  after: ReadonlyMap<string, TableSnapshot>,
): Renewal {
  const viewsBefore = orderViews(definitionsOf(before));
  const viewsAfter = orderViews(definitionsOf(after));
  const renewed = new Set<string>();
  for (const { name } of [...viewsBefore, ...viewsAfter]) {
    const [old, now] = [before.get(name)?.definition, after.get(name)?.definition];
    if (old === undefined || now === undefined || old === now) continue;
    if (altering(old, now) === undefined) renewed.add(name);
  }
  for (const { name, sources } of viewsBefore) {
    const isCutOff = sources.some((source) => renewed.has(source) || !after.has(source));
    if (isCutOff && after.has(name)) renewed.add(name);
  }
  return { viewsBefore, viewsAfter, renewed };
}

function* definitionsOf(
  tables: ReadonlyMap<string, TableSnapshot>,
): Iterable<readonly [string, string]> {
  for (const [name, { definition }] of tables) yield [name, definition];
}
