import { clausesOf, definitionHead, quoteIdentifier } from "@surql/surrealql";
import { lacksSecret, withSecret } from "../script/secrets.ts";
import { overwriting, removing } from "../script/statement-text.ts";
import { viewSources } from "../script/view-sources.ts";
import type { WrittenObject } from "./canonical-objects.ts";

/** What is asked about one definition. */
interface Probe {
  readonly script: string;
  /** How many statements it has. */
  readonly statements: number;
  /** Which of them answers, with pairs of names and texts. */
  readonly answer: number;
}

/** Writes the statements that define an object, read it back and remove it again. */
export function probe({ address: [table, key], text }: WrittenObject): Probe {
  const isTable = key === "definition";
  const sources = isTable ? (viewSources(text) ?? []).map(quoteIdentifier) : [];
  // 3.0 takes FLEXIBLE in no other table; an index would miss its fields in it.
  const isFlexible = key === "fields" && /\bFLEX/i.test(text);
  const before = [
    ...(isFlexible ? [`DEFINE TABLE ${quoteIdentifier(table)} SCHEMAFULL`] : []),
    ...sources.map((source) => `DEFINE TABLE IF NOT EXISTS ${source}`),
    define(key, isFlexible ? withTypeFirst(text) : text),
  ];
  const info = table === "" || isTable ? "DB" : `TABLE ${quoteIdentifier(table)}`;
  const kind = isTable ? "tables" : key;
  const remove =
    info === "DB" ? [removing(text) ?? []].flat() : [`REMOVE TABLE ${quoteIdentifier(table)}`];
  const all = [
    ...before,
    // Pairs, for the client loses what is called __proto__.
    `RETURN object::entries((INFO FOR ${info}).${kind})`,
    ...remove,
    ...sources.map((source) => `REMOVE TABLE IF EXISTS ${source}`),
  ];
  return {
    script: all.map((statement) => `${statement};\n`).join(""),
    statements: all.length,
    answer: before.length,
  };
}

/** What a text holds in place of a secret would be refused; both sides of a comparison get the same one. */
function define(key: string, text: string): string {
  const whole = overwriting(text) ?? text;
  return lacksSecret(key, whole) ? withSecret(whole, "placeholder") : whole;
}

/** 2.x writes `FLEXIBLE TYPE object`, which 3.0 does not read. */
function withTypeFirst(text: string): string {
  const target = definitionHead(text)?.target;
  const { TYPE: type, FLEXIBLE: flexible, ...others } = clausesOf(text);
  if (target === undefined || type === undefined || flexible === undefined) return text;
  const rest = Object.entries(others).map(([word, clause]) => `${word} ${clause}`.trim());
  return [`DEFINE FIELD ${target} TYPE ${type} FLEXIBLE`, ...rest].join(" ");
}
