import { readFieldPath } from "./field-path.ts";
import { readPathNames } from "./operand.ts";
import { eatWords, isSymbol, peek, peekName, peekWord } from "./reader.ts";
import type { Reader } from "./reader.ts";
import type { ObjectKind, ObjectReference } from "./reading.ts";
import { unquoteIdentifier, unquoteString } from "./unquote.ts";

type Naming = (reader: Reader) => string | undefined;

/** The kinds whose name is not one token. */
const namings: Readonly<Partial<Record<ObjectKind, Naming>>> = {
  field: readFieldPath,
  function: readPathName,
  module: readPathName,
  model: readPathName,
  param: readParamName,
  config: readConfigName,
};

/** The names of the configurations, as `INFO FOR DB` spells them. */
const configNames: Readonly<Record<string, string>> = {
  API: "API",
  GRAPHQL: "GraphQL",
  DEFAULT: "Default",
};

/**
 * Reads the name of an object, with its table or level: `email ON TABLE user`, `fn::greet`, `ada ON ROOT`.
 *
 * @returns The object; undefined when a name is computed, or is not where it should be.
 */
export function readObject(reader: Reader, kind: ObjectKind): ObjectReference | undefined {
  const name = (namings[kind] ?? readName)(reader);
  if (name === undefined) return undefined;
  if (kind === "field" || kind === "index" || kind === "event") {
    if (!eatWords(reader, "ON")) return undefined;
    if (!eatWords(reader, "TABLE")) eatWords(reader, "TB");
    const table = readName(reader);
    return table === undefined ? undefined : { kind, table, name };
  }
  // The namespace and the database of those who name none are the server's.
  if (kind === "config" && name === configNames["DEFAULT"]) return { kind, name, level: "root" };
  if (kind !== "access" && kind !== "user") return { kind, name };
  if (!eatWords(reader, "ON")) return undefined;
  return readLevel(reader, kind, name);
}

function readLevel(reader: Reader, kind: ObjectKind, name: string): ObjectReference | undefined {
  const word = peekWord(reader);
  reader.at++;
  if (word === "ROOT" || word === "KV") return { kind, name, level: "root" };
  if (word === "NAMESPACE" || word === "NS") return { kind, name, level: "namespace" };
  return word === "DATABASE" || word === "DB" ? { kind, name } : undefined;
}

/** A name of one token, also as a string; undefined when more follows that would compute another. */
function readName(reader: Reader): string | undefined {
  const token = peek(reader);
  const name = token?.kind === "string" ? unquoteString(token.text) : peekName(reader);
  if (name === undefined) return undefined;
  reader.at++;
  const next = peek(reader);
  const ends = next === undefined || next.kind === "word" || isSymbol(reader, ";");
  return ends || isSymbol(reader, ",") ? name : undefined;
}

function readParamName(reader: Reader): string | undefined {
  const token = peek(reader);
  if (token?.kind !== "param") return undefined;
  reader.at++;
  return unquoteIdentifier(token.text.slice(1));
}

/** `fn::a::b`, `mod::name`, `ml::name<1.0.0>`, `silo::org::package<1.0.0>`, from 3.3 on `…package::<1.0.0>`. */
function readPathName(reader: Reader): string | undefined {
  const start = reader.at;
  const names = readPathNames(reader);
  const [head, ...rest] = names ?? [];
  if (head === undefined || rest.length === 0) return undefined;
  const written = reader.tokens.slice(start, reader.at).map(({ text }) => text);
  const version = /<[\d.]+>$/.exec(written.join(""))?.[0] ?? "";
  return [head.toLowerCase(), ...rest].join("::") + version;
}

function readConfigName(reader: Reader): string | undefined {
  const name = configNames[peekWord(reader)];
  if (name !== undefined) reader.at++;
  return name;
}
