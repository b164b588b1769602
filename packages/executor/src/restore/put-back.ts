import type { QuarantineEntry } from "@surql/history";
import { namesOf } from "./entry-names.ts";
import { openTable } from "../quarantine/open-table.ts";
import { computedFields, isOfElements, sameShape } from "./find-written.ts";
import { isThere } from "./is-there.ts";
import type { RestoreRule } from "./restore-rule.ts";

/**
 * Statements that write what an entry keeps into its table under `OPTION IMPORT`, which writes values as they are: no event
 * fires, and no VALUE, DEFAULT or ASSERT is asked. Pure; the ids of the data rows are in a variable.
 */
export function putBack(entry: QuarantineEntry, rule: RestoreRule): readonly string[] {
  return writeExactly(entry, [writeItems(entry, rule)]);
}

/**
 * Statements that run under `OPTION IMPORT`. To write a record the engine computes what is COMPUTED in it, and refuses parts of an
 * object made so, as they are not defined: so a `SCHEMAFULL` table with such fields is `SCHEMALESS` meanwhile. Pure.
 */
export function writeExactly(
  { table }: QuarantineEntry,
  statements: readonly string[],
): readonly string[] {
  return openTable(table, statements, `array::len(${computedFields(table)}) > 0`);
}

/**
 * Records are created or replaced one by one, as `INSERT` and `UPSERT` of many take quadratic time on mem
 * (docs/engine.md). `RELATE` over an edge that is there makes its ends know it again.
 */
function writeItems(entry: QuarantineEntry, rule: RestoreRule): string {
  const { rowIds } = namesOf(entry);
  return (
    `FOR $row IN ${rowIds} { LET $edges = $row.relation; FOR $item IN $row.items { LET $id = $item.id; ` +
    `${bodyOf(entry, rule)} } }`
  );
}

function bodyOf(entry: QuarantineEntry, rule: RestoreRule): string {
  if (entry.kind === "edges") return edgeBody(rule);
  const write = entry.kind === "field" ? fieldBody(entry, rule) : recordBody(entry, rule);
  const { stays } = namesOf(entry);
  return rule === "theirs" ? `IF ${stays}[<string>$id] = NONE { ${write} }` : write;
}

function fieldBody(entry: QuarantineEntry, rule: RestoreRule): string {
  const { path } = namesOf(entry);
  const target = path.slice(1);
  const write = (value: string): string => `UPDATE $id SET ${target} = ${value} RETURN NONE`;
  // To the engine 1, 1.0 and 1dec are equal, and what is equal is not stored: so it is emptied first.
  const set = (value: string): string => `IF $now != NONE { ${write("NONE")} }; ${write(value)}`;
  const whole =
    rule === "only-if-none"
      ? `IF $now = NONE OR $now = NULL { ${set("$item.value")} }`
      : set("$item.value");
  const now = `LET $now = $id${path}; `;
  if (rule === "ours" || !isOfElements(entry)) return now + whole;
  const merged =
    "array::transpose([$item.value, $now]).map(|$pair| " +
    "IF type::is_object($pair[0]) AND type::is_object($pair[1]) { object::extend($pair[0], $pair[1]) } ELSE { $pair[1] })";
  return `${now}IF ${sameShape("$now", "$item.value")} { ${set(merged)} } ELSE { ${whole} }`;
}

function recordBody({ kind }: QuarantineEntry, rule: RestoreRule): string {
  const kept = kind === "records" ? "$item.value" : "$item";
  const content = `CONTENT ${kept}`;
  const join = relate(kept, content);
  const create = `IF $edges { ${join} } ELSE { CREATE $id ${content} RETURN NONE }`;
  if (rule === "only-if-none") {
    const fill = `LET $now = (SELECT * FROM ONLY $id); ${fillGaps(kept)}`;
    return `IF ${isThere("$id")} { ${fill} } ELSE { ${create} }`;
  }
  const replace =
    `IF $edges { ${relate(kept, "CONTENT {}")}; ${join} } ` +
    `ELSE { UPDATE $id REPLACE { id: $id } RETURN NONE; UPDATE $id REPLACE ${kept} RETURN NONE }`;
  return `IF ${isThere("$id")} { ${replace} } ELSE { ${create} }`;
}

function edgeBody(rule: RestoreRule): string {
  const anew = relate("$item", "CONTENT $item");
  if (rule === "ours") return `IF ${isThere("$id")} { ${relate("$item", "CONTENT {}")} }; ${anew}`;
  const joined = `LET $now = (SELECT * FROM ONLY $id); ${relate("$now", "")}`;
  if (rule === "theirs") return `IF ${isThere("$id")} { ${joined} }`;
  return `IF ${isThere("$id")} { ${joined}; ${fillGaps("$item")} } ELSE { ${anew} }`;
}

/** Over an edge that is there: without data it is left as it is. */
function relate(edge: string, data: string): string {
  // After an update in the same transaction the edge may be read without its ends.
  return `LET $in = ${edge}.in ?? $item.in; LET $out = ${edge}.out ?? $item.out; RELATE $in->$id->$out ${data} RETURN NONE`;
}

/** Needs `$now`, the record as it is. */
function fillGaps(kept: string): string {
  return (
    `UPDATE $id MERGE object::from_entries(object::entries(object::remove(${kept}, ` +
    'IF $edges { ["id", "in", "out"] } ELSE { ["id"] }))' +
    ".filter(|$pair| $now[$pair[0]] = NONE OR $now[$pair[0]] = NULL)) RETURN NONE"
  );
}
