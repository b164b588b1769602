import type { SchemaChange } from "../difference.ts";
import { infoAddress } from "../object-kinds.ts";
import type {
  DifferenceGap,
  DifferenceScriptOptions,
  DifferenceStatement,
} from "./difference-script.ts";
import { lacksSecret, toComplete, withSecret } from "./secrets.ts";
import { altering, overwriting, removing } from "./statement-text.ts";

/** What is done to the objects of the database itself, and when. */
export interface ObjectSteps {
  /** What tables, fields and indexes may use. */
  readonly beforeTables: readonly DifferenceStatement[];
  /** What may name tables. */
  readonly behindTables: readonly DifferenceStatement[];
  readonly dropped: readonly DifferenceStatement[];
  readonly gaps: readonly DifferenceGap[];
}

/** A kind that is not here is defined with these, in the order of their paths. */
const behind = ["access", "user", "api", "config"];
const first = ["module", "function", "param", "analyzer", "sequence", "bucket"];

/** Says what has to be done about everything that belongs to no table. */
export function objectSteps(
  changes: readonly SchemaChange[],
  { secret }: DifferenceScriptOptions,
): ObjectSteps {
  const defined: DifferenceStatement[] = [];
  const dropped: DifferenceStatement[] = [];
  const gaps: DifferenceGap[] = [];
  for (const change of changes) {
    if (change.table !== undefined || change.kind === "table" || change.kind === "edge") continue;
    const step = change.after === undefined ? removal(change) : definition(change, secret);
    if ("reason" in step) gaps.push(step);
    else (step.effect === "remove" ? dropped : defined).push(step);
  }
  const ordered = defined.toSorted((a, b) => rank(a) - rank(b));
  return {
    beforeTables: ordered.filter(({ kind }) => !behind.includes(kind)),
    behindTables: ordered.filter(({ kind }) => behind.includes(kind)),
    dropped: dropped.toSorted((a, b) => rank(b) - rank(a)),
    gaps,
  };
}

function rank({ kind }: DifferenceStatement): number {
  return [...first, ...behind].indexOf(kind);
}

function removal({
  kind,
  path,
  change,
  before = "",
}: SchemaChange): DifferenceStatement | DifferenceGap {
  const text = removing(before);
  if (text === undefined) return { kind, path, change, reason: "impossible" };
  return { effect: "remove", kind, path, text };
}

function definition(
  changed: SchemaChange,
  secret: (() => string) | undefined,
): DifferenceStatement | DifferenceGap {
  const { kind, path, change, before, after = "" } = changed;
  const altered = before === undefined ? undefined : altering(before, after);
  if (altered !== undefined) return { effect: "alter", kind, path, text: altered };
  const text = before === undefined ? after : overwriting(after);
  if (text === undefined || kind === "model") return { kind, path, change, reason: "impossible" };
  const [, key] = infoAddress(changed);
  if (!lacksSecret(key, after)) return { effect: "define", kind, path, text };
  if (secret !== undefined)
    return { effect: "define", kind, path, text: withSecret(text, secret()) };
  return { kind, path, change, reason: "secret", statement: toComplete(text) };
}
