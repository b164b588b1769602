import { backupTable } from "../backup-statement.ts";
import { copiedInto } from "../copied-tables.ts";
import type {
  DataAnswers,
  EdgesQuestion,
  LinksQuestion,
  RecordsQuestion,
  RemainingQuestion,
  UncopiedQuestion,
} from "../counting/data-question.ts";
import { defineRule, type SafetyRule, type TouchContext } from "../define-rule.ts";
import { findUsers, listUsers } from "../find-users.ts";
import { isNone } from "../impact.ts";
import { linksInto } from "../link-holders.ts";
import { canTouch, relationEnds } from "../relation-ends.ts";
import { removal } from "../removal.ts";
import { isGone, tableOf } from "../schema-timeline.ts";
import { allRecords, counted, pathOf } from "../wording.ts";

/** `REMOVE TABLE`: the records are gone, and edges to them lead nowhere. */
export const removeTable: SafetyRule = defineRule({
  name: "remove-table",
  codes: ["table_removed"],
  judgeTouch(context) {
    const found = removal(context, new Set(["table"]));
    if (found === undefined) return [];
    const table = found.object.name;
    const isView = found.clauses?.["AS"] !== undefined;
    const records: RecordsQuestion = { count: "records", table };
    const edges = relationsLeft(context, table).map((relation): EdgesQuestion => ({
      count: "edges",
      table: relation,
      vertex: table,
    }));
    const links = linksInto(context, table);
    // What writes to them before may lead them elsewhere.
    const remaining = (of: EdgesQuestion | LinksQuestion): readonly RemainingQuestion[] =>
      context.writtenBefore(of.table) ? [{ count: "remaining", table: of.table, of }] : [];
    const copies = copiesOf(context, table);
    const users = findUsers(found.object, context).map(({ object }) => pathOf(object));
    return [
      {
        safety: "unsafe",
        code: "table_removed",
        object: { kind: "table", name: table },
        foretellsFailure: found.isMissing,
        asks: [records, ...copies, ...edges, ...links, ...[...edges, ...links].flatMap(remaining)],
        tell(answers) {
          const count = answers.count(records);
          const copy = copies.find((one) => !isNone(count) && isNone(answers.count(one)));
          const danglingEdges = edges.flatMap((question) =>
            left(question, remaining(question), answers),
          );
          const danglingLinks = links.flatMap((question) =>
            left(question, remaining(question), answers),
          );
          const description = [
            `Removes the table ${table} with its definition, its indexes and ${allRecords(table, count)}.`,
            ...(copy === undefined
              ? []
              : [`But each of them stands in ${copy.to} then, under the same key.`]),
            ...(isView ? ["It is a view: its records are computed from other tables."] : []),
            ...(found.isMissing ? ["It is not in the database: the statement will fail."] : []),
            ...(danglingEdges.length > 0
              ? ["Edges that led to its records stay behind and lead nowhere."]
              : []),
            ...(danglingLinks.length > 0
              ? ["Links to its records stay stored and lead nowhere."]
              : []),
            ...(users.length > 0 ? [`It is mentioned by ${listUsers(users)}.`] : []),
          ];
          return {
            description: description.join(" "),
            affectedData: [allRecords(table, count), ...danglingEdges, ...danglingLinks].join(", "),
            recommendation:
              isNone(count) || isView || copy !== undefined ? undefined : backupTable(table),
            impact: count,
          };
        },
      },
    ];
  },
});

/** Where the script copies the records to a table that is there in the end: only the data can show that all arrive and stay. */
function copiesOf(
  { step, atEnd }: Pick<TouchContext, "step" | "atEnd">,
  table: string,
): readonly UncopiedQuestion[] {
  const targets = copiedInto(step, table).filter((to) => !isGone(atEnd(tableOf(to))));
  return targets.map((to) => ({ count: "uncopied", table, to }));
}

/** The relations that can hold edges of the table, and are still there at the end. */
function relationsLeft(context: TouchContext, table: string): readonly string[] {
  return context.live.relations.filter((relation) => {
    const type = context.live.find(tableOf(relation))?.clauses["TYPE"];
    const stays = relation !== table && context.atEnd(tableOf(relation)).origin === "live";
    return stays && canTouch(relationEnds(type), table);
  });
}

/** What stays behind and leads nowhere. */
function left(
  question: EdgesQuestion | LinksQuestion,
  [remaining]: readonly RemainingQuestion[],
  answers: DataAnswers,
): readonly string[] {
  const count = (remaining && answers.count(remaining)) ?? answers.count(question);
  if (count === undefined || isNone(count)) return [];
  if (question.count === "edges") {
    return [counted(count, "edge", `of ${question.table} left dangling`)];
  }
  const paths = (question.fields ?? []).map((field) => `${question.table}.${field}`);
  const where = paths.length > 0 ? ` in ${paths.join(", ")}` : "";
  return [counted(count, "record", `of ${question.table} with a link left dangling${where}`)];
}
