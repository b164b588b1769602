import { quoteIdentifier } from "@surql/surrealql";
import type { RecordsQuestion } from "../counting/data-question.ts";
import { defineRule, type SafetyRule } from "../define-rule.ts";
import { holdsRecords, redefinition, type Redefinition } from "../redefinition.ts";
import { refusal } from "../refusal.ts";
import { admits, relationEnds } from "../relation-ends.ts";

/** A table becomes SCHEMAFULL or a relation: records that do not fit can no longer be updated. */
export const narrowTable: SafetyRule = defineRule({
  name: "narrow-table",
  codes: ["writes_blocked"],
  judgeTouch(context) {
    const found = redefinition(context);
    if (found?.object.kind !== "table" || !holdsRecords(context, found.object.name)) return [];
    const table = found.object.name;
    const records: RecordsQuestion = { count: "records", table };
    return narrowings(found).map(({ becomes, refused, recommendation }) =>
      refusal({
        code: "writes_blocked",
        table,
        atMost: records,
        which: "that would be refused",
        description: `${table} becomes ${becomes}: every later update of a record ${refused} fails.`,
        recommendation,
      }),
    );
  },
});

interface Narrowing {
  readonly becomes: string;
  readonly refused: string;
  readonly recommendation: string;
}

function narrowings({ object, change, before, after }: Redefinition): readonly Narrowing[] {
  if (change === "added") return [];
  const table = quoteIdentifier(object.name);
  const found: Narrowing[] = [];
  if (after["SCHEMAFULL"] !== undefined && before?.["SCHEMAFULL"] === undefined) {
    found.push({
      becomes: "SCHEMAFULL",
      refused: "that holds a field without definition",
      recommendation: `RETURN array::distinct(array::flatten((SELECT VALUE object::keys($this) FROM ${table}))); -- the fields in use`,
    });
  }
  const ends = relationEnds(after["TYPE"]);
  const former = relationEnds(before?.["TYPE"]);
  if (ends !== undefined && (former === undefined || !admits(ends, former))) {
    found.push({
      becomes: former === undefined ? "a relation" : "a relation between other tables",
      refused: "with other ends, or none,",
      recommendation: `SELECT id, in, out FROM ${table};`,
    });
  }
  return found;
}
