/** Pieces of a regular expression: a class, an escape, a bracket, or a character. */
const piece = /\[\^?(?:\\.|[^\]\\])+\]|\\.|\(\?:|\(|\)|\||./gsu;
const quantifier = /^(?:\{(\d+)(?:,\d*)?\}|[*+?])\??/;

/**
 * A text that a simple regular expression matches: classes, escapes, counts and the first of alternatives. Others
 * give a text that it does not match, which the engine then refuses. Pure.
 */
export function matchFor(pattern: string, record: number): string {
  const { text } = group(pattern, 0, record);
  return text;
}

function group(pattern: string, from: number, record: number): { text: string; end: number } {
  let at = from;
  let text = "";
  let isOver = false;
  while (at < pattern.length) {
    piece.lastIndex = at;
    const [found = ""] = piece.exec(pattern) ?? [];
    at += found.length;
    if (found === ")") break;
    if (found === "|") {
      isOver = true;
      continue;
    }
    let one: string;
    if (found === "(" || found === "(?:") {
      const inner = group(pattern, at, record);
      one = inner.text;
      at = inner.end;
    } else one = characterFor(found, record);
    const count = quantifier.exec(pattern.slice(at));
    if (count !== null) at += count[0].length;
    const times = count?.[1] === undefined ? 1 : Number(count[1]);
    if (!isOver) text += one.repeat(Math.min(times, 100));
  }
  return { text, end: at };
}

function characterFor(found: string, record: number): string {
  if (found === "^" || found === "$") return "";
  if (found === "." || found === "\\w" || found === "\\S") return "a";
  if (found === "\\d") return String(record % 10);
  if (found === "\\s") return " ";
  if (found === "\\b") return "";
  if (!found.startsWith("[")) return found.startsWith("\\") ? found.slice(1) : found;
  const inside = found.slice(1, -1);
  const candidates = [
    String(record % 10),
    inside.charAt(0),
    ..."a A 0 - _ . @ b B 1 x X 9 ~".split(" "),
    " ",
  ];
  // The engine decides whether it fits: here it is only guessed.
  try {
    const matches = new RegExp(`^${found}$`, "u");
    return candidates.find((one) => matches.test(one)) ?? "a";
  } catch {
    return inside.charAt(0);
  }
}
