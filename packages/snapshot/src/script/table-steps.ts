import { quoteIdentifier } from "@surql/surrealql";
import type { SchemaChange } from "../difference.ts";
import { isRelation } from "../is-relation.ts";
import { tablePath } from "../object-path.ts";
import type { Schema } from "../snapshot.ts";
import { tablesOf } from "../tables-of.ts";
import type { DifferenceGap, DifferenceStatement } from "./difference-script.ts";
import { fieldSteps } from "./field-steps.ts";
import { indexesToRebuild } from "./indexes-to-rebuild.ts";
import {
  eventDefinitions,
  eventRemovals,
  indexDefinitions,
  indexRemovals,
  otherSteps,
} from "./member-steps.ts";
import { altering, overwriting } from "./statement-text.ts";
import { isReadable, type TableTarget } from "./table-target.ts";
import { tablesToRenew } from "./tables-to-renew.ts";

/** What is done to tables and to what belongs to them, and when. */
export interface TableSteps {
  /** Events, views and indexes that go or are defined anew. */
  readonly takenDown: readonly DifferenceStatement[];
  readonly builtUp: readonly DifferenceStatement[];
  /** Tables that go. */
  readonly dropped: readonly DifferenceStatement[];
  readonly gaps: readonly DifferenceGap[];
}

/** Says what has to be done about tables, and what belongs to them. */
export function tableSteps(
  before: Schema,
  after: Schema,
  changes: readonly SchemaChange[],
): TableSteps {
  const [old, now] = [tablesOf(before), tablesOf(after)];
  const { viewsBefore, viewsAfter, renewed } = tablesToRenew(old, now);
  const wereViews = new Set(viewsBefore.map(({ name }) => name));
  const becomeViews = new Set(viewsAfter.map(({ name }) => name));

  const names = new Set([...changes.flatMap(tableOf), ...renewed]);
  const targets = new Map<string, TableTarget>();
  const gone: string[] = [];
  for (const name of [...names].toSorted()) {
    const table = now.get(name);
    if (table === undefined) gone.push(name);
    else {
      const left = renewed.has(name) ? undefined : old.get(name);
      targets.set(name, { name, before: left, after: table });
    }
  }
  const all = [...targets.values()];
  const tables = all.filter(({ name }) => !becomeViews.has(name));
  const views = viewsAfter.flatMap(({ name }) => targets.get(name) ?? []);
  const readable = all.filter(isReadable);
  const others = readable.flatMap(otherSteps);

  const isTakenDown = (name: string): boolean => renewed.has(name) || !now.has(name);
  const viewsThatGo = viewsBefore.map(({ name }) => name).filter(isTakenDown);
  return {
    takenDown: [
      ...readable.flatMap(eventRemovals),
      ...viewsThatGo.toReversed().map(removal),
      ...[...renewed].filter((name) => !wereViews.has(name)).map(removal),
      ...readable.flatMap(indexRemovals),
    ],
    builtUp: [
      ...tables.flatMap(ownSteps),
      ...tables.filter(isReadable).flatMap(fieldsOf),
      ...views.flatMap((view) => [...ownSteps(view), ...(isReadable(view) ? fieldsOf(view) : [])]),
      ...readable.flatMap(indexDefinitions),
      ...indexesToRebuild(changes, old, now, renewed),
      ...readable.flatMap(eventDefinitions),
      ...others.filter((step) => "effect" in step),
    ],
    dropped: gone.filter((name) => !wereViews.has(name)).map(removal),
    gaps: [
      ...all.filter((target) => !isReadable(target)).map(unreadable),
      ...others.filter((step) => "reason" in step),
    ],
  };
}

function tableOf({ kind, table, name }: SchemaChange): readonly string[] {
  if (table !== undefined) return [table];
  return kind === "table" || kind === "edge" ? [name] : [];
}

function removal(name: string): DifferenceStatement {
  const text = `REMOVE TABLE ${quoteIdentifier(name)}`;
  return { effect: "remove", kind: "table", path: tablePath(name), text };
}

/** The table itself, without what belongs to it. */
function ownSteps({ name, before, after }: TableTarget): readonly DifferenceStatement[] {
  const about = { kind: isRelation(after.definition) ? "edge" : "table", path: tablePath(name) };
  const { definition: text } = after;
  if (before === undefined) return [{ effect: "define", ...about, text }];
  if (before.definition === text) return [];
  const altered = altering(before.definition, text);
  if (altered !== undefined) return [{ effect: "alter", ...about, text: altered }];
  return [{ effect: "define", ...about, text: overwriting(text) ?? text }];
}

function fieldsOf(target: TableTarget): readonly DifferenceStatement[] {
  const isDefined = ownSteps(target).some(({ effect }) => effect === "define");
  return fieldSteps(target, isDefined);
}

function unreadable({ name, before, after }: TableTarget): DifferenceGap {
  const kind = isRelation(after.definition) ? "edge" : "table";
  const change = before === undefined ? "added" : "modified";
  return { path: tablePath(name), kind, change, reason: "unreadable" };
}
