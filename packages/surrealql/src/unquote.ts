const escapes: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
  "0": "\0",
};

/**
 * The name that a bare, backticked or `⟨⟩` identifier stands for.
 *
 * @example
 * ```ts
 * unquoteIdentifier("`my-table`"); // my-table
 * unquoteIdentifier("⟨my-table⟩"); // my-table
 * unquoteIdentifier("user"); // user
 * ```
 */
export function unquoteIdentifier(text: string): string {
  const quoted = /^`([^]*)`$|^⟨([^]*)⟩$/.exec(text);
  return quoted === null ? text : unescape(quoted[1] ?? quoted[2] ?? "");
}

/**
 * The text that a string literal stands for, with or without a prefix (`s'…'`, `r"…"`).
 * What is no string literal comes back as it is.
 *
 * @example
 * ```ts
 * unquoteString(String.raw`'it\'s'`); // it's
 * ```
 */
export function unquoteString(text: string): string {
  const quoted = /^[sdurbf]?(["'])([^]*)\1$/.exec(text);
  return quoted === null ? text : unescape(quoted[2] ?? "");
}

function unescape(text: string): string {
  return text.replace(
    /\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|([^]))/g,
    (all, braced: string | undefined, plain: string | undefined, letter: string | undefined) => {
      if (letter !== undefined) return escapes[letter] ?? letter;
      const point = Number.parseInt(braced ?? plain ?? "", 16);
      return point > 0x10ffff ? all : String.fromCodePoint(point);
    },
  );
}
