import type { DanglingQuestion, DataAnswers, LinksQuestion } from "./counting/data-question.ts";
import type { TouchContext } from "./define-rule.ts";
import type { DeletionTraces } from "./deletion-traces.ts";
import { isNone } from "./impact.ts";
import { linkingFields, linksInto } from "./link-holders.ts";
import { tableOf } from "./schema-timeline.ts";
import { counted } from "./wording.ts";

/** A table that can hold links to the records that are deleted. */
interface Holder {
  readonly table: string;
  /** Whether there are links, for each field whose type says so. */
  readonly links: readonly LinksQuestion[];
  /** What is left dangling in those fields. */
  readonly inFields: DanglingQuestion;
  /** What is left dangling in any value, where no type says all. */
  readonly anywhere: DanglingQuestion | undefined;
}

/** Finds the links to records of a table that lead nowhere when these are deleted. */
export function danglingTraces(context: TouchContext, target: string): DeletionTraces {
  const { touch } = context;
  const holders = holdersOf(context, target);
  // What rests on a condition can happen as soon as the data is another.
  const isConditional = touch.effect === "write" && touch.conditional;

  /** The fields with links today where some are left dangling; may be, where that is not known. */
  function pathsLeft({ table, links, inFields }: Holder, answers: DataAnswers): readonly string[] {
    const count = answers.count(inFields);
    const isOpen = count === undefined || (isConditional && isNone(count));
    // Links within the table may be all deleted with their records.
    if (isOpen ? table === target : isNone(count)) return [];
    return links
      .filter((question) => !isNone(answers.count(question)))
      .flatMap(({ fields = [] }) => fields.map((field) => `${table}.${field}`));
  }

  return {
    asks: holders.flatMap(({ links, inFields, anywhere }) => [
      ...links,
      ...(links.length === 0 ? [] : [inFields]),
      ...(anywhere === undefined ? [] : [anywhere]),
    ]),
    along: (answers) =>
      holders.flatMap((holder) => {
        const isMore = isElsewhere(holder, answers);
        const count = answers.count(isMore ? holder.anywhere! : holder.inFields);
        if (count === undefined || isNone(count)) return [];
        const paths = isMore ? [] : pathsLeft(holder, answers);
        const where = paths.length === 0 ? "" : ` in ${paths.join(", ")}`;
        return [counted(count, "record", `of ${holder.table} with a link left dangling${where}`)];
      }),
    left(answers) {
      const places = holders.flatMap((holder) => [
        ...pathsLeft(holder, answers),
        ...(isElsewhere(holder, answers) ? [holder.table] : []),
      ]);
      return places.length === 0
        ? ""
        : ` Links in ${places.join(", ")} that lead to them lead nowhere then.`;
    },
  };
}

/** Whether more is left dangling than in the fields whose types say so. */
function isElsewhere({ inFields, anywhere }: Holder, answers: DataAnswers): boolean {
  const all = anywhere && answers.count(anywhere);
  return all !== undefined && all.records > (answers.count(inFields)?.records ?? 0);
}

/** Only tables that are still there at the end. */
function holdersOf(context: TouchContext, target: string): readonly Holder[] {
  const { live, step } = context;
  const typed = linkingFields(live, target).filter(
    ({ object, clauses }) =>
      !/\b(?:CASCADE|UNSET)\b/i.test(clauses["REFERENCE"] ?? "") &&
      context.atEnd(tableOf(object.table!)).origin === "live",
  );
  const open = linksInto(context, target).filter(({ fields }) => fields === undefined);
  const ofOpen = new Set(open.map(({ table }) => table));
  const tables = new Set([...typed.map(({ object }) => object.table!), ...ofOpen]);
  return [...tables].map((table): Holder => {
    const fields = typed
      .filter(({ object }) => object.table === table)
      .map((one) => one.object.name);
    const asked = { count: "dangling", table, migration: step.migration, target } as const;
    return {
      table,
      links: fields.map((field) => ({ count: "links", table, target, fields: [field] })),
      inFields: { ...asked, fields },
      anywhere: ofOpen.has(table) ? { ...asked, fields: undefined } : undefined,
    };
  });
}
