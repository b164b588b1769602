import { differences, type Differing } from "../differences.ts";
import { kindOf } from "../object-kinds.ts";
import { memberPath } from "../object-path.ts";
import type { Definitions } from "../snapshot.ts";
import { indexesInTheWay } from "./computed-fields.ts";
import type { DifferenceGap, DifferenceStatement } from "./difference-script.ts";
import type { TableTarget } from "./table-target.ts";
import { altering, overwriting, removing } from "./statement-text.ts";

const none: Definitions = Object.freeze({});

/** The indexes that go, or have to be built anew. The engine loses one that is overwritten in a transaction that fails (docs/engine.md). */
export function indexRemovals(target: TableTarget): readonly DifferenceStatement[] {
  return indexChanges(target).flatMap(({ name, before, altered }) =>
    before === undefined || altered !== undefined ? [] : removal(target, "index", name, before),
  );
}

/** The indexes that come, and those of which a comment changes. */
export function indexDefinitions(target: TableTarget): readonly DifferenceStatement[] {
  return indexChanges(target).flatMap(({ name, after, altered }) => {
    if (after === undefined) return [];
    const path = memberPath(target.name, "index", name);
    return altered === undefined
      ? { effect: "define", kind: "index", path, text: after }
      : { effect: "alter", kind: "index", path, text: altered };
  });
}

interface IndexChange {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** The statement that changes it without building it anew. */
  readonly altered: string | undefined;
}

function indexChanges(target: TableTarget): readonly IndexChange[] {
  const inTheWay = indexesInTheWay(target);
  const found = differing(target, "indexes").map(([name, before, after]) => {
    const isInTheWay = inTheWay.delete(name);
    const canStay = before !== undefined && after !== undefined && !isInTheWay;
    return { name, before, after, altered: canStay ? altering(before, after) : undefined };
  });
  const { before, after } = target;
  const unchanged = [...inTheWay].map((name) => ({
    name,
    before: before?.indexes[name],
    after: after.indexes[name],
    altered: undefined,
  }));
  return [...found, ...unchanged];
}

/** The events that go. */
export function eventRemovals(target: TableTarget): readonly DifferenceStatement[] {
  return differing(target, "events").flatMap(([name, before, after]) =>
    before === undefined || after !== undefined ? [] : removal(target, "event", name, before),
  );
}

/** The events that come or change. */
export function eventDefinitions(target: TableTarget): readonly DifferenceStatement[] {
  return differing(target, "events").flatMap(([name, before, after]) => {
    if (after === undefined) return [];
    const text = before === undefined ? after : (overwriting(after) ?? after);
    return { effect: "define", kind: "event", path: memberPath(target.name, "event", name), text };
  });
}

/** Kinds that a newer engine attaches to tables: what can be said of them without knowing them. */
export function otherSteps({
  name: table,
  before,
  after,
}: TableTarget): readonly (DifferenceStatement | DifferenceGap)[] {
  const keys = new Set([...Object.keys(before?.other ?? {}), ...Object.keys(after.other ?? {})]);
  return [...keys].toSorted().flatMap((key) =>
    differences(before?.other?.[key] ?? none, after.other?.[key] ?? none).map(
      ([name, old, now]) => {
        const kind = kindOf(key);
        const path = memberPath(table, kind, name);
        if (old === undefined && now !== undefined) {
          return { effect: "define", kind, path, text: now } as const;
        }
        const change = now === undefined ? "removed" : "modified";
        return { kind, path, change, reason: "impossible" } as const;
      },
    ),
  );
}

function differing(
  { before, after }: TableTarget,
  key: "indexes" | "events",
): readonly Differing<string>[] {
  return differences(before?.[key] ?? none, after[key]);
}

function removal(
  { name: table }: TableTarget,
  kind: string,
  name: string,
  definition: string,
): readonly DifferenceStatement[] {
  const text = removing(definition);
  return text === undefined
    ? []
    : [{ effect: "remove", kind, path: memberPath(table, kind, name), text }];
}
