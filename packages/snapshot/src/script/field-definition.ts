import { clausesOf, definitionHead } from "@surql/surrealql";
import type { TableSnapshot } from "../snapshot.ts";
import { fieldParts, fieldsAround } from "./field-parts.ts";
import { fitsInto } from "./fits-into.ts";
import { overwriting } from "./statement-text.ts";

/** How a field gets its definition. */
export interface FieldDefinition {
  readonly define: string;
  /** What `DEFINE` is refused, and `ALTER` is not. */
  readonly alter?: string | undefined;
}

/**
 * Writes the statements that define a field of a table. A type that does not go together with those of the fields around
 * it, as is left behind by an array that became a string, and `FLEXIBLE` on a table that was SCHEMAFULL before,
 * are refused by `DEFINE FIELD` and taken by `ALTER FIELD` (measured on 3.0.2).
 */
export function fieldDefinition(
  table: TableSnapshot,
  name: string,
  mayBeThere: boolean,
): FieldDefinition {
  const text = table.fields[name]!;
  const define = mayBeThere ? (overwriting(text) ?? text) : text;
  const head = definitionHead(define);
  if (head === undefined || !isRefused(table, name)) return { define };
  const kept: string[] = [];
  const altered: string[] = [];
  for (const [word, clause] of Object.entries(clausesOf(text))) {
    const isOfType = word === "TYPE" || word === "FLEXIBLE";
    (isOfType ? altered : kept).push(`${word} ${clause}`.trim());
  }
  const keyword = mayBeThere ? "DEFINE FIELD OVERWRITE" : "DEFINE FIELD";
  return {
    define: [keyword, head.target, ...kept].join(" "),
    alter: ["ALTER FIELD", head.target, ...altered].join(" "),
  };
}

/** Whether `DEFINE` may be refused the field where everything around it is as it shall be. */
export function isRefused({ definition, fields }: TableSnapshot, name: string): boolean {
  const text = fields[name]!;
  if (/\bFLEXIBLE\b/.test(text) && !/\bSCHEMAFULL\b/.test(definition)) return true;
  const around = fieldsAround(name);
  if (!around.some((outer) => Object.hasOwn(fields, outer))) return false;
  const type = clausesOf(text)["TYPE"];
  if (type === undefined) return false;
  const parts = fieldParts(name);
  return around.some((outer, at) => {
    if (!Object.hasOwn(fields, outer)) return false;
    return !fitsInto(clausesOf(fields[outer]!)["TYPE"], parts.slice(at + 1), type);
  });
}
