import { alternatives } from "./alternatives.ts";
import { elementType } from "./element-type.ts";

/**
 * Whether the engine surely takes a nested field of a type where the fields around it have theirs. 3.0.2 compares them as the nested one is defined,
 * and only then: what lies in a `string` may stay, and cannot be defined.
 *
 * @param outer Type of the field around it; `undefined` when it has none.
 * @param path From there: `["*", "city"]`.
 */
export function fitsInto(
  outer: string | undefined,
  path: readonly string[],
  type: string,
): boolean {
  if (outer === undefined || outer === "any") return true;
  const [step, ...rest] = path;
  if (step === undefined) return outer === type;
  const [holder, ...others] = alternatives(outer).filter((one) => one !== "none");
  if (holder === undefined || others.length > 0) return false;
  if (holder === "object") return true;
  const element = elementType(holder);
  return element !== "" && step === "*" && fitsInto(element, rest, type);
}
