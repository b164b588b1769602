import { clausesOf } from "@surql/surrealql";

/**
 * A definition as the engine writes it, but for what it keeps as it was written though it means the same: a block around the one expression that a field is computed by.
 */
export function meaningOf(text: string | undefined): string | undefined {
  const computed = text?.includes(" COMPUTED {") ? clausesOf(text)["COMPUTED"] : undefined;
  if (text === undefined || computed === undefined) return text;
  return text.replace(computed, () => computed.replace(/^\{ (.*) \}$/s, "$1"));
}
