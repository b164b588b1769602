import type { GroundObject } from "@surql/safety-analyzer";
import { redactSecrets } from "@surql/surrealql";
import type { PlannedObject } from "./planned-object.ts";
import { sha256 } from "./sha256.ts";

/** One thing that a plan rests on and that is not as it was. */
export interface GroundChange {
  /** `user.bio`; `history 20260109_120000` for a row of the ledger. */
  readonly path: string;
  readonly change: "added" | "removed" | "modified";
  /** What it was: a definition, a row of the ledger, or a number of records; `null` when there was nothing. */
  readonly before: string | null;
  readonly after: string | null;
}

/** What differs between the objects that a plan rests on and those that it would rest on now, by path. Pure. */
export function objectChanges(
  planned: readonly PlannedObject[],
  now: readonly GroundObject[],
): readonly GroundChange[] {
  const before = new Map(planned.map((one) => [keyOf(one), one]));
  const after = new Map(now.map((one) => [keyOf(one), one]));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((one) => {
    const [was, is] = [before.get(one), after.get(one)];
    // To take secrets out of a text is slow, and hardly ever needed here.
    if (was !== undefined && is !== undefined && was.hash === sha256(is.text)) return [];
    const path = (was ?? is)?.path ?? "";
    return [changeBetween(path, was?.text ?? null, is?.text ?? null)];
  });
}

/** Tables and edges share their names. */
function keyOf({ path, kind }: Pick<PlannedObject, "path" | "kind">): string {
  return JSON.stringify([path, kind === "edge" ? "table" : kind]);
}

/** A change, by what there was and what there is. */
export function changeBetween(
  path: string,
  before: string | null,
  after: string | null,
): GroundChange {
  const change = before === null ? "added" : after === null ? "removed" : "modified";
  return { path, change, before: clean(before), after: clean(after) };
}

function clean(text: string | null): string | null {
  return text === null ? null : redactSecrets(text);
}

/** `user.bio was modified: DEFINE FIELD … → DEFINE FIELD …` */
export function renderGroundChange({ path, change, before, after }: GroundChange): string {
  if (before !== null && after !== null) return `${path} was ${change}: ${before} → ${after}`;
  return `${path} was ${change}: ${before ?? after ?? ""}`;
}
