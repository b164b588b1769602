import { significantTokens, unquoteIdentifier } from "@surql/surrealql";
import type { LinksQuestion } from "./counting/data-question.ts";
import type { StepContext, TouchContext } from "./define-rule.ts";
import type { LiveDefinition, LiveSchema } from "./live-schema.ts";
import { tableOf } from "./schema-timeline.ts";

/** What to count to find the records that link to a table: of every other table that is still there at the end. */
export function linksInto(
  { live, atEnd }: Pick<TouchContext, "atEnd"> & Pick<StepContext, "live">,
  target: string,
): readonly LinksQuestion[] {
  return live.tables.flatMap((table): readonly LinksQuestion[] => {
    const definition = live.find(tableOf(table));
    const stays = table !== target && atEnd(tableOf(table)).origin === "live";
    if (!stays || definition === undefined || definition.clauses["AS"] !== undefined) return [];
    const fields = live.ofTable(table, "field").filter(isStored);
    const isOpen = definition.clauses["SCHEMAFULL"] === undefined || fields.some(holdsAnything);
    if (isOpen) return [{ count: "links", table, target, fields: undefined }];
    const linking = fields
      .filter((field) => linksTo(field, target))
      .map(({ object }) => object.name);
    return linking.length > 0 ? [{ count: "links", table, target, fields: linking }] : [];
  });
}

/** The fields in the schema whose values can be links to a table by their type; `in` and `out` of edges are none. */
export function linkingFields(live: LiveSchema, target: string): readonly LiveDefinition[] {
  const found = Array.from(live.search("record"));
  return found.filter(
    (one) => one.object.kind === "field" && isStored(one) && linksTo(one, target),
  );
}

/** The ends of an edge are counted as such. */
function isStored({ object, clauses }: LiveDefinition): boolean {
  return clauses["COMPUTED"] === undefined && object.name !== "in" && object.name !== "out";
}

/** Whether values of no definition can be inside. */
function holdsAnything({ clauses }: LiveDefinition): boolean {
  const type = significantTokens(clauses["TYPE"] ?? "any").map(({ text }) => text.toLowerCase());
  return clauses["FLEXIBLE"] !== undefined || type.includes("any");
}

/** Whether the values themselves can be links; those in a list have a definition of their own. */
function linksTo({ clauses }: LiveDefinition, target: string): boolean {
  const tokens = significantTokens(clauses["TYPE"] ?? "");
  const at = tokens.findIndex(({ text }) => text.toLowerCase() === "record");
  const isInside = tokens.slice(0, Math.max(0, at)).some(({ text }) => text === "<");
  if (at === -1 || isInside) return false;
  if (tokens[at + 1]?.text !== "<") return true;
  const end = tokens.findIndex(({ text }, index) => index > at && text === ">");
  return tokens.slice(at + 2, end).some(({ text }) => unquoteIdentifier(text) === target);
}
