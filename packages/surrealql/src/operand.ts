import { hasEffects } from "./effects.ts";
import { readBraces, readList } from "./groups.ts";
import { eatSymbol, giveUp, isSymbol, note, peek, peekName, peekWord } from "./reader.ts";
import type { Reader, Scope } from "./reader.ts";

/** Reads what a name starts: a table or field, a record id, a constant, or a call. */
export function readNamed(reader: Reader, scope: Scope): void {
  if (isSymbol(reader, "::", 1)) return readPath(reader, scope);
  if (isSymbol(reader, ":", 1)) return readRecordId(reader, scope);
  const token = peek(reader);
  const word = peekWord(reader);
  reader.at++;
  if (word === "" || !isSymbol(reader, "(")) return;
  if (word === "FUNCTION") readScript(reader, scope);
  else noteCall(reader, scope, token?.text ?? "");
}

function readPath(reader: Reader, scope: Scope): void {
  const names = readPathNames(reader);
  if (names === undefined) giveUp(reader, scope);
  else if (isSymbol(reader, "(")) noteCall(reader, scope, names.join("::"));
}

/** Moves past `fn::a::b`, `ml::name<1.0.0>` and the like. Undefined where a name is missing. */
export function readPathNames(reader: Reader): readonly string[] | undefined {
  const names: string[] = [];
  do {
    const name = peekName(reader);
    if (name === undefined) return undefined;
    names.push(name);
    reader.at++;
    skipVersion(reader);
  } while (eatSeparator(reader));
  return names;
}

/** Moves past a `::`, with what may stand behind it from 3.3 on: `silo::org::package::<1.0.0>::call`. */
function eatSeparator(reader: Reader): boolean {
  if (!eatSymbol(reader, "::")) return false;
  const { at } = reader;
  skipVersion(reader);
  return reader.at === at || eatSymbol(reader, "::");
}

/** Moves past the version of a model or a module: `<1.2.3>`. */
function skipVersion(reader: Reader): void {
  if (!isSymbol(reader, "<") || peek(reader, 1)?.kind !== "number") return;
  let ahead = 1;
  while (peek(reader, ahead)?.kind === "number" || isSymbol(reader, ".", ahead)) ahead++;
  if (isSymbol(reader, ">", ahead)) reader.at += ahead + 1;
}

function noteCall(reader: Reader, scope: Scope, name: string): void {
  if (hasEffects(name)) {
    note(reader, scope, {
      effect: "call",
      name: name.replace(/^[^:]+::/, (head) => head.toLowerCase()),
    });
  }
}

function readScript(reader: Reader, scope: Scope): void {
  readList(reader, scope);
  if (peek(reader)?.kind !== "script") return giveUp(reader, scope);
  note(reader, scope, { effect: "call", name: "function" });
  reader.at++;
}

/** Reads `table:key`; the key may be missing where a range follows (`user:..5`). */
export function readRecordId(reader: Reader, scope: Scope): void {
  reader.at += 2;
  if (!isSymbol(reader, "..")) readKey(reader, scope);
}

function readKey(reader: Reader, scope: Scope): void {
  if (isSymbol(reader, "[")) return readList(reader, scope);
  if (isSymbol(reader, "{")) return readBraces(reader, scope);
  if (isSymbol(reader, "-") || isSymbol(reader, "+")) reader.at++;
  const kind = peek(reader)?.kind;
  if (kind === "param" || kind === "symbol" || kind === undefined) return giveUp(reader, scope);
  reader.at++;
  if (kind === "word" && isSymbol(reader, "(")) readList(reader, scope);
}
