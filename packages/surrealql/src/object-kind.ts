import type { ObjectKind } from "./reading.ts";

const kinds: Readonly<Record<string, ObjectKind>> = {
  ACCESS: "access",
  ANALYZER: "analyzer",
  API: "api",
  BUCKET: "bucket",
  CONFIG: "config",
  DATABASE: "database",
  DB: "database",
  EVENT: "event",
  FIELD: "field",
  FUNCTION: "function",
  INDEX: "index",
  MODEL: "model",
  MODULE: "module",
  NAMESPACE: "namespace",
  NS: "namespace",
  PARAM: "param",
  SEQUENCE: "sequence",
  TABLE: "table",
  TB: "table",
  USER: "user",
};

/** The words that name a kind of object, in upper case. */
export const kindWords: ReadonlySet<string> = new Set(Object.keys(kinds));

/** The kind of object that a word behind `DEFINE`, `REMOVE` or `ALTER` names, if it is one we know. */
export function objectKind(word: string): ObjectKind | undefined {
  return Object.hasOwn(kinds, word) ? kinds[word] : undefined;
}
