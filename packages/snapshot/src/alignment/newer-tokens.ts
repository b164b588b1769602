import { tokenize, type Token } from "@surql/surrealql";
import { newerFunction } from "./newer-function.ts";

/** Writes what 2.x calls otherwise wherever it stands: functions, `a?.b`, `geometry<feature>`. */
export function inNewerTokens(text: string): string {
  const tokens = tokenize(text);
  const pieces: string[] = [];
  for (let at = 0; at < tokens.length;) {
    const [piece, read] = newerPiece(tokens, at);
    pieces.push(piece);
    at += read;
  }
  return pieces.join("");
}

/** What to write for the tokens here, and for how many of them. */
function newerPiece(tokens: readonly Token[], at: number): readonly [piece: string, read: number] {
  const { kind, text } = tokens[at]!;
  if (kind === "word") {
    const names = pathFrom(tokens, at);
    const piece = names.map((token) => token.text).join("");
    if (names.length > 1) return [newerFunction(piece), names.length];
    const three = tokens.slice(at, at + 4).map((token) => token.text.toLowerCase());
    return three.join("") === "geometry<feature>" ? ["geometry", 4] : [text, 1];
  }
  const isOptional =
    text === "?" && isOperand(tokens[at - 1]) && /^[.[]$/.test(follows(tokens, at));
  return [isOptional ? ".?" : text, 1];
}

/** `type::is::int` as its tokens. */
function pathFrom(tokens: readonly Token[], from: number): readonly Token[] {
  let to = from + 1;
  while (tokens[to]?.text === "::" && isName(tokens[to + 1])) to += 2;
  return tokens.slice(from, to);
}

function isName(token: Token | undefined): boolean {
  return token?.kind === "word" || token?.kind === "name";
}

function isOperand(token: Token | undefined): boolean {
  return isName(token) || token?.kind === "param" || /^[\])}]$/.test(token?.text ?? "");
}

function follows(tokens: readonly Token[], at: number): string {
  return tokens[at + 1]?.text ?? "";
}
