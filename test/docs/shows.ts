import { inspect } from "node:util";

const options = { depth: null, breakLength: Infinity, compact: true, sorted: false } as const;

/** Quotes are double, and spaces stand nowhere but within words: what a comment says need not be laid out as it is printed. */
function plain(text: string): string {
  return text
    .replaceAll("'", '"')
    .replaceAll(/"([$\w]+)":/g, "$1:")
    .replaceAll(/\s+/g, "");
}

/**
 * Whether a value is what a comment says it is: as the console prints it, with `…` for anything.
 * A text may stand with or without its quotes, a list of texts by its items.
 */
export function isShownAs(value: unknown, comment: string): boolean {
  const wanted = plain(comment)
    .split("…")
    .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  const pattern = new RegExp(`^${wanted.join(".*?")}$`);
  const printed = inspect(value, options).replaceAll(/\b(Set|Map)\(\d+\)/g, "$1");
  const spoken = [String(value), JSON.stringify(value) ?? ""];
  return [printed, ...spoken].some((text) => pattern.test(plain(text)));
}

/**
 * Fails unless a value is what the comment behind it says.
 *
 * @public Called by the modules that are written for examples.
 */
export function shows<T>(value: T, comment: string): T {
  if (!isShownAs(value, comment)) {
    throw new Error(`The comment says ${comment}\nIt is         ${inspect(value, options)}`);
  }
  return value;
}
