import { clausesOf, definitionHead } from "@surql/surrealql";
import type { Definitions } from "../snapshot.ts";

/** A definition that replaces what is there. `undefined` where its kind is not known. */
export function overwriting(definition: string): string | undefined {
  const head = definitionHead(definition);
  if (head === undefined) return undefined;
  return `DEFINE ${head.keyword} OVERWRITE ${head.target} ${head.clauses}`.trimEnd();
}

/** Removes what a definition defines. `undefined` where the engine has no such statement. */
export function removing(definition: string): string | undefined {
  const head = definitionHead(definition);
  // SurrealDB 3.0 knows no REMOVE CONFIG.
  if (head === undefined || head.keyword === "CONFIG") return undefined;
  return `REMOVE ${head.keyword} ${head.target}`;
}

/** The clauses that `ALTER` can set and, where a word stands, what it writes in place of one that is gone. */
type Alterable = Readonly<Record<string, string | undefined>>;

/** Of a view and of a relation: defined anew, the one would be computed again, and the other would get fresh `in` and `out`. */
const ofTable: Alterable = {
  CHANGEFEED: "DROP CHANGEFEED",
  COMMENT: "DROP COMMENT",
  PERMISSIONS: undefined,
  SCHEMAFULL: "SCHEMALESS",
  SCHEMALESS: "SCHEMAFULL",
};
/** An index that is defined anew is built anew. */
const ofIndex: Alterable = { COMMENT: "DROP COMMENT" };
/** A sequence that is defined anew begins at its start again. */
const ofSequence: Alterable = { TIMEOUT: "TIMEOUT NONE" };

const alterable: Readonly<Record<string, Alterable>> = {
  INDEX: ofIndex,
  SEQUENCE: ofSequence,
  TABLE: ofTable,
};

/**
 * Makes one definition of another without losing what the engine keeps under it.
 *
 * @returns `undefined` where `ALTER` cannot do that, as most kinds and clauses (measured on 3.0.2).
 */
export function altering(before: string, after: string): string | undefined {
  const head = definitionHead(after);
  const can = head === undefined ? undefined : alterable[head.keyword];
  if (head === undefined || can === undefined) return undefined;
  const [old, now] = [clausesOf(before), clausesOf(after)];
  const parts: string[] = [];
  for (const word of changedClauses(old, now)) {
    if (!Object.hasOwn(can, word)) return undefined;
    const text = now[word] === undefined ? can[word] : `${word} ${now[word]}`.trimEnd();
    if (text === undefined) return undefined;
    if (!parts.includes(text)) parts.push(text);
  }
  return parts.length === 0 ? undefined : `ALTER ${head.keyword} ${head.target} ${parts.join(" ")}`;
}

function changedClauses(before: Definitions, after: Definitions): readonly string[] {
  const words = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...words].filter((word) => before[word] !== after[word]).toSorted();
}
