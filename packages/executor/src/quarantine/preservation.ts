import type { Schema } from "@surql/snapshot";
import type { Part } from "../run/lay-out.ts";
import { newEntryId } from "./entry-place.ts";
import { findKeepings } from "./find-keepings.ts";
import type { Keeping } from "./keeping.ts";
import { tableFacts } from "./table-facts.ts";

/** What each part of a rollback loses. What a part without a transaction loses is kept with each of its statements by itself. */
export type Preservation = ReadonlyMap<Part, readonly Keeping[]>;

/**
 * Finds what the parts of a rollback lose and how it is kept. Pure but for the ids.
 *
 * @param schema The schema before the rollback.
 * @param edgeHolders The tables of type `ANY` that hold edges; where that is not known, each may.
 */
export function preservationOf(
  parts: readonly Part[],
  schema: Schema,
  edgeHolders?: ReadonlySet<string>,
): Preservation {
  const touches = parts.flatMap(({ statements }) => statements.flatMap((one) => one.touches));
  const facts = tableFacts(schema, touches, edgeHolders);
  return new Map(
    parts.map((part) => [
      part,
      commitsOf(part).flatMap((statements) => findKeepings(statements, facts, newEntryId)),
    ]),
  );
}

/** The statements of a part that are committed together. Pure. */
export function commitsOf({ transactional, statements }: Part): readonly Part["statements"][] {
  return transactional ? [statements] : statements.map((one) => [one]);
}
