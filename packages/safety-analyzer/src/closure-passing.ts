import { significantTokens, type Statement, type Token } from "@surql/surrealql";

/** A statement never changes, and is looked at once for each thing that it does. */
const known = new WeakMap<Statement, string | undefined>();

/** {@link closurePassing} of a statement of a plan. */
export function closurePassingIn(statement: Statement): string | undefined {
  if (!known.has(statement)) known.set(statement, closurePassing(statement.text));
  return known.get(statement);
}

/**
 * Finds a call in code that hands a closure on to a closure or a stored function. Only so does one come to call
 * itself, as in `LET $f = |$g: any| $g($g); $f($f)`: it does not see the name that it gets. Built-in functions may be
 * handed one: they fail when it goes too deep (docs/engine.md).
 *
 * @returns `calls $g with a closure, which may call itself`; `undefined` when there is none.
 */
export function closurePassing(code: string): string | undefined {
  if (!code.includes("$")) return undefined;
  const tokens = significantTokens(code);
  const called = new Set(
    tokens.flatMap(({ kind, text }, at) =>
      kind === "param" && tokens[at + 1]?.text === "(" ? [text] : [],
    ),
  );
  const open: (Call | "group")[] = [];
  for (const [at, { text }] of tokens.entries()) {
    const call = open.findLast((one) => one !== "group");
    const isItself = text === call?.holder && isWhole(tokens, at);
    const isClosure = startsClosure(tokens, at) || (called.has(text) && isWhole(tokens, at));
    const isHanded = isItself || (isClosure && call?.isOpen === true);
    if (isHanded) return `calls ${call?.name} with a closure, which may call itself`;
    if (["(", "[", "{"].includes(text)) open.push(text === "(" ? callAt(tokens, at) : "group");
    else if ([")", "]", "}"].includes(text)) open.pop();
  }
  return undefined;
}

interface Call {
  readonly name: string;
  /** Whether it is one of a closure or a stored function; a built-in one otherwise, or a method, which may be either. */
  readonly isOpen: boolean;
  /** The parameter that is called, or that holds what is called. */
  readonly holder?: string | undefined;
}

/** What the `(` at a position opens: a call, or a group. */
function callAt(tokens: readonly Token[], at: number): Call | "group" {
  const { kind = "symbol", text = "" } = tokens[at - 1] ?? {};
  const holder = holderOf(tokens, at);
  if (kind === "param" || text === ")" || text === "]") {
    return { name: holder ?? "a closure", isOpen: true, holder };
  }
  const before = tokens[at - 2]?.text;
  if (before === ".") return { name: `.${text}`, isOpen: false, holder };
  if (before !== "::") return "group";
  let first = at - 1;
  while (tokens[first - 1]?.text === "::") first -= 2;
  const path = tokens.slice(Math.max(0, first), at).map((one) => one.text);
  return { name: path.join(""), isOpen: /^fn$/i.test(path[0] ?? "") };
}

/** The parameter at the beginning of a path that ends before a position: of `$f`, `$o.run` or `$all[0]`. */
function holderOf(tokens: readonly Token[], end: number): string | undefined {
  for (let at = end - 1; at >= 0; at--) {
    const { kind, text } = tokens[at]!;
    if (kind === "param") return text;
    if (!["word", "number", "string"].includes(kind) && ![".", "[", "]"].includes(text)) break;
  }
  return undefined;
}

/** Whether a token is all that stands between two commas or brackets. */
function isWhole(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.text ?? "";
  return ["(", "[", ",", ":"].includes(before) && /^[)\]},]$/.test(tokens[at + 1]?.text ?? "");
}

/** Whether a `|` or `||` begins a closure; elsewhere it is an operator, or ends the parameters. */
function startsClosure(tokens: readonly Token[], at: number): boolean {
  const isBar = tokens[at]?.text === "|" || tokens[at]?.text === "||";
  return isBar && ["(", ",", ":", "["].includes(tokens[at - 1]?.text ?? "");
}
