import { clausesOf, significantTokens } from "@surql/surrealql";
import { differences } from "../differences.ts";
import type { Definitions } from "../snapshot.ts";
import { fieldsAround } from "./field-parts.ts";
import type { TableTarget } from "./table-target.ts";

const none: Definitions = Object.freeze({});

/** Whether a field is computed as it is read. */
function isComputed(definition: string | undefined): boolean {
  if (definition?.includes(" COMPUTED ") !== true) return false;
  return clausesOf(definition)["COMPUTED"] !== undefined;
}

/**
 * The fields that have to go before any is defined: 3.0.2 defines no `COMPUTED` field around others, not even around those that
 * it added itself, and none inside of a `COMPUTED` one.
 *
 * @param defined Those that will be.
 */
export function fieldsInTheWay(
  before: Definitions,
  after: Definitions,
  defined: ReadonlySet<string>,
): readonly string[] {
  const around = new Set([...defined].flatMap(fieldsAround));
  return Object.keys(before).filter(
    (name) =>
      (around.has(name) && !Object.hasOwn(after, name) && isComputed(before[name])) ||
      fieldsAround(name).some((outer) => defined.has(outer) && isComputed(after[outer])),
  );
}

/** The indexes over the elements of a `COMPUTED` field that changes: 3.0.2 takes these only behind it. */
export function indexesInTheWay({ before, after }: TableTarget): Set<string> {
  const computed = differences(before?.fields ?? none, after.fields).flatMap(([name, , now]) =>
    isComputed(now) ? [name] : [],
  );
  if (computed.length === 0) return new Set();
  const names = Object.entries(before?.indexes ?? none).flatMap(([name, text]) => {
    const words = significantTokens(clausesOf(text)["FIELDS"] ?? "");
    return words.some((word) => computed.includes(word.text)) ? [name] : [];
  });
  return new Set(names);
}
