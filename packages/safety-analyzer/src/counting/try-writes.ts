import type { Database, Trial } from "@surql/connection";
import { isPath, quotePath } from "../field-path.ts";
import type { Impact } from "../rollback-issue.ts";
import { answerByTrial, readIds, runAll, type TrialStatements } from "./answer-by-trial.ts";
import type { RefusedQuestion } from "./data-question.ts";
import type { Sources } from "./find-sources.ts";
import { refusedRecords } from "./refused-records.ts";
import type { RowSource } from "./row-source.ts";
import {
  readDefinitions,
  removeEvents,
  useDefinition,
  type Definitions,
} from "./table-definitions.ts";
import { hasValue } from "./values-under.ts";

/**
 * Counts the records that could no longer be written after a plan, by trying: in a transaction that is always
 * cancelled, the plan's statements are run without its index builds, events are taken off the table, and then
 * every record is written as it is. Where one definition of several is to blame, each is tried alone, on the
 * records that were refused.
 *
 * @returns No answer where the database cannot hold a transaction open or does not permit it, or where the
 * statements fail; an upper bound has to do then.
 */
export function tryWrites(
  db: Database,
  questions: readonly RefusedQuestion[],
  sources: Sources,
  statementsFor: TrialStatements,
): Promise<ReadonlyMap<RefusedQuestion, Impact>> {
  return answerByTrial(db, questions, sources, statementsFor, countRefused);
}

type Counts = ReadonlyMap<RefusedQuestion, number>;

async function countRefused(
  db: Database,
  questions: readonly RefusedQuestion[],
  source: RowSource,
  statements: readonly string[],
): Promise<Counts> {
  const { table } = source;
  const { suspects, holding } = await db.rehearse(async (trial) => {
    const ids = await readIds(trial, source);
    await runAll(trial, statements);
    await removeEvents(trial, table);
    const refused = await refusedOf(trial, table, ids);
    return { suspects: refused, holding: await readHolding(trial, questions, refused) };
  });
  if (suspects.length === 0) return new Map(questions.map((question) => [question, 0]));
  // A write that succeeds may fill fields, so each trial begins anew.
  const before = await db.rehearse(async (trial) => {
    await removeEvents(trial, table);
    return keysOf(await refusedOf(trial, table, suspects));
  });
  const newly = suspects.filter((id) => !before.has(String(id)));

  const groups = new Map<string, RefusedQuestion[]>();
  for (const question of questions) {
    const key = JSON.stringify([question.field, question.alone]);
    groups.set(key, [...(groups.get(key) ?? []), question]);
  }
  const blamed = new Map<readonly RefusedQuestion[], readonly unknown[]>();
  for (const group of groups.values()) {
    const isSole = newly.length === 0 || (groups.size === 1 && group[0]!.alone === undefined);
    const refused = isSole ? newly : await refusedBy(db, group[0]!, newly, statements);
    blamed.set(group, refused);
  }
  const byOne = keysOf([...blamed.values()].flat());
  const byMany = newly.filter((id) => !byOne.has(String(id)));
  const counts = new Map<RefusedQuestion, number>();
  for (const [group, refused] of blamed) {
    const shared = byMany.length === 0 ? [] : await sparedBy(db, group[0]!, byMany, statements);
    const all = [...refused, ...shared];
    for (const question of group) {
      const counted = question.evenIfBefore ? suspects : all;
      counts.set(question, counted.filter((id) => isMeant(question, id, holding)).length);
    }
  }
  return counts;
}

/** The records that one definition refuses when all others are as they were. */
function refusedBy(
  db: Database,
  { table, field = "", alone }: RefusedQuestion,
  ids: readonly unknown[],
  statements: readonly string[],
): Promise<readonly unknown[]> {
  return db.rehearse(async (trial) => {
    const { before, after } = await runFor(trial, table, statements);
    for (const name of changedNames(before, after)) {
      if (name !== field) await useDefinition(trial, table, name, before.get(name));
    }
    const other = alone === "TYPE" ? "ASSERT" : "TYPE";
    if (alone !== undefined) await useDefinition(trial, table, field, after.get(field), other);
    return refusedOf(trial, table, ids);
  });
}

/** The records that several definitions refuse together, and would not if this one were as it was. */
async function sparedBy(
  db: Database,
  { table, field = "", alone }: RefusedQuestion,
  ids: readonly unknown[],
  statements: readonly string[],
): Promise<readonly unknown[]> {
  const refused = await db.rehearse(async (trial) => {
    const { before, after } = await runFor(trial, table, statements);
    const now = alone === undefined ? before : after;
    await useDefinition(trial, table, field, now.get(field), alone);
    return keysOf(await refusedOf(trial, table, ids));
  });
  return ids.filter((id) => !refused.has(String(id)));
}

async function runFor(
  trial: Trial,
  table: string,
  statements: readonly string[],
): Promise<{ readonly before: Definitions; readonly after: Definitions }> {
  const before = await readDefinitions(trial, table);
  await runAll(trial, statements);
  await removeEvents(trial, table);
  return { before, after: await readDefinitions(trial, table) };
}

async function refusedOf(
  trial: Trial,
  table: string,
  ids: readonly unknown[],
): Promise<readonly unknown[]> {
  const definitions = [...(await readDefinitions(trial, table)).values()];
  return refusedRecords(
    trial,
    ids,
    definitions.some((text) => text.includes("COMPUTED")),
  );
}

function changedNames(before: Definitions, after: Definitions): readonly string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name));
}

/** The records with a value, for each field where that matters. */
async function readHolding(
  trial: Trial,
  questions: readonly RefusedQuestion[],
  ids: readonly unknown[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = new Map<string, ReadonlySet<string>>();
  if (ids.length === 0) return found;
  for (const { field, holding } of questions) {
    if (field === undefined || holding === undefined || found.has(field) || !isPath(field))
      continue;
    const condition = hasValue(quotePath(field));
    const [held] = await trial.query(`SELECT VALUE id FROM $ids WHERE ${condition}`, { ids });
    found.set(field, keysOf(held as readonly unknown[]));
  }
  return found;
}

function isMeant(
  { field = "", holding }: RefusedQuestion,
  id: unknown,
  held: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  const known = held.get(field);
  return (
    holding === undefined || known === undefined || known.has(String(id)) === (holding === "value")
  );
}

function keysOf(ids: readonly unknown[]): ReadonlySet<string> {
  return new Set(ids.map(String));
}
