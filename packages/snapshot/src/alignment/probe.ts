import { quoteIdentifier } from "@surql/surrealql";
import { lacksSecret, withSecret } from "../script/secrets.ts";
import { overwriting, removing } from "../script/statement-text.ts";
import { viewSources } from "../script/view-sources.ts";
import type { WrittenObject } from "./canonical-objects.ts";

/** What is asked about one definition. */
export interface Probe {
  /** INFO's key of what answers: objects of one key that need nothing of each other are asked about together. */
  readonly together: string | undefined;
  /** Defines it, and what it needs. */
  readonly before: readonly string[];
  /** Answers with pairs of names and texts. */
  readonly read: string;
  /** Removes it all again. */
  readonly after: readonly string[];
}

/** Kinds of which one says nothing about another. The value of a param may read others. */
const independent = new Set(["accesses", "analyzers", "functions", "users", "tables"]);

/** Writes the statements that define an object, read it back and remove it again. */
export function probe({ address: [table, key], text }: WrittenObject): Probe {
  const isTable = key === "definition";
  const sources = isTable ? (viewSources(text) ?? []).map(quoteIdentifier) : [];
  const info = table === "" || isTable ? "DB" : `TABLE ${quoteIdentifier(table)}`;
  const kind = isTable ? "tables" : key;
  const remove =
    info === "DB" ? [removing(text) ?? []].flat() : [`REMOVE TABLE ${quoteIdentifier(table)}`];
  return {
    together: info === "DB" && sources.length === 0 && independent.has(kind) ? kind : undefined,
    before: [
      // 3.0 takes FLEXIBLE in no other table; an index would miss its fields in it.
      ...(key === "fields" && /\bFLEX/i.test(text)
        ? [`DEFINE TABLE ${quoteIdentifier(table)} SCHEMAFULL`]
        : []),
      ...sources.map((source) => `DEFINE TABLE IF NOT EXISTS ${source}`),
      define(key, text),
    ],
    // Pairs, for the client loses what is called __proto__.
    read: `RETURN object::entries((INFO FOR ${info}).${kind})`,
    after: [...remove, ...sources.map((source) => `REMOVE TABLE IF EXISTS ${source}`)],
  };
}

/** What a text holds in place of a secret would be refused; both sides of a comparison get the same one. */
function define(key: string, text: string): string {
  const whole = overwriting(text) ?? text;
  return lacksSecret(key, whole) ? withSecret(whole, "placeholder") : whole;
}
