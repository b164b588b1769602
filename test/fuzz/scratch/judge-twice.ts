import { analyzeSteps, worstSafety, type SafetyVerdict } from "@surql/safety-analyzer";
import { mayNeverEnd } from "../safety/may-never-end.ts";
import { makeDatabase, stepsOf, type SafetyCase } from "../safety/judge-script.ts";

/** What came of a script, and what a verdict with a rehearsal got wrong about it. */
export interface JudgedTwice {
  readonly kind: "refused" | "failed" | "agreed" | "disputed";
  readonly mistakes: readonly string[];
}

const everything = `RETURN { db: (INFO FOR DB), tables: object::keys((INFO FOR DB).tables).map(
  |$t| [$t, (INFO FOR TABLE $t), (SELECT * FROM type::table($t))]) }`;

/** Judges a script with and without a rehearsal in a scratch engine, and then runs it. */
export async function judgeTwice({ database, downs }: SafetyCase): Promise<JudgedTwice> {
  const kills = mayNeverEnd({ database, downs });
  if (kills === "database") return { kind: "refused", mistakes: [] };
  await using db = await makeDatabase(database);
  // A computed field that calls what is not there makes its table unreadable.
  const digest = async (): Promise<string> =>
    JSON.stringify(await db.query(everything).catch(String), (_, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
  const before = await digest();
  const steps = stepsOf(downs);
  const read = await analyzeSteps(db, steps);
  const both = await analyzeSteps(db, steps, { rehearse: true });
  const mistakes = compare(read, both);
  if ((await digest()) !== before) mistakes.push("the database is not as it was");
  if (both.rehearsal?.ground !== "scratch" || kills !== undefined)
    return { kind: "refused", mistakes };

  const statements = steps.flatMap((step) => step.statements.map(({ text }) => ({ text })));
  const error = await db.transact(statements).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const failing = both.issues.find(({ code }) => code === "rehearsal_failed");
  if (failing?.safety === "unsafe" && error === undefined) {
    mistakes.push(`runs, though: ${failing.description}`);
  }
  if (failing !== undefined) return { kind: "failed", mistakes };
  const isDisputed = both.issues.some(
    ({ evidence }) => evidence?.reading === false || evidence?.rehearsal === false,
  );
  return { kind: isDisputed ? "disputed" : "agreed", mistakes };
}

function compare(read: SafetyVerdict, both: SafetyVerdict): string[] {
  const mistakes: string[] = [];
  if (worstSafety([read.overallSafety, both.overallSafety]) !== both.overallSafety) {
    mistakes.push(`${read.overallSafety} became ${both.overallSafety}`);
  }
  // Of what several refuse, each is blamed for a part: with one more that is known, the shares are others.
  const shared = new Set(
    both.issues.flatMap(({ evidence, object }) =>
      evidence?.reading === false ? (object?.table ?? []) : [],
    ),
  );
  const [before, after] = [told(read, shared), told(both, shared)];
  if (before !== after) mistakes.push(`${before} became ${after}`);
  return mistakes;
}

/**
 * What reading says, in both verdicts. One issue about several statements becomes two where the rehearsal agrees about
 * one of them only.
 */
function told({ issues }: SafetyVerdict, shared: ReadonlySet<string>): string {
  const found = issues
    .filter(({ evidence }) => evidence?.reading !== false)
    .map(({ code, object, impact }) =>
      JSON.stringify([code, object, shared.has(object?.table ?? "") ? undefined : impact]),
    );
  return [...new Set(found)].join(", ");
}
