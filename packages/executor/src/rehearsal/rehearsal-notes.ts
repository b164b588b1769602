import type { RehearsalReport } from "@surql/safety-analyzer";

/** How many things a note names. */
const named = 5;

/** Says what a verdict rests on, beside reading and counting. Pure. */
export function rehearsalNotes(report: RehearsalReport): readonly string[] {
  const { ground, why, omitted, unproven, sample } = report;
  if (ground === "none") {
    return [`Not rehearsed, because of this: ${why} The verdict rests on reading and counting.`];
  }
  const records = sample === undefined ? "" : ` and up to ${sample} records of each table`;
  const where =
    ground === "scratch"
      ? `Rehearsed in a scratch engine with the live schema${records}.`
      : `Only the schema was rehearsed, in a transaction on the database that was cancelled: ${why}`;
  const statements = unproven.map(
    ({ migration, line, why: reason }) => `${migration} line ${line} (${reason})`,
  );
  return [
    where,
    ...(omitted.length > 0 ? [`Not there as in the database: ${list(omitted)}.`] : []),
    ...(unproven.length > 0 ? [`Shown nothing about: ${list(statements)}.`] : []),
  ];
}

function list(items: readonly string[]): string {
  const more = items.length > named ? `, and ${items.length - named} more` : "";
  return items.slice(0, named).join(", ") + more;
}
