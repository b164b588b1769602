import { connect, type Database } from "@surql/connection";
import { splitStatements } from "@surql/surrealql";
import { applyMigrations, createRollbackPlan, executeRollback } from "surql/executor";
import type { Migration } from "surql/migration";
import type { CaseMigration, QuarantineCase } from "./quarantine-case.ts";
import { simpleValues } from "./values.ts";

/** What came of a case. */
export interface RoundTrip {
  readonly kind: "failed" | "nothing" | "kept";
  readonly mistakes: readonly string[];
  /** How many records and edges were there, all of which were compared. */
  readonly compared: number;
}

/** Rolls everything back, keeping what that takes; applies it again, giving it back; and compares. */
export async function roundTrip(one: QuarantineCase): Promise<RoundTrip> {
  await using db = await connect({ url: "mem://", namespace: "test", database: "test" });
  const migrations = one.migrations.map(migration);
  await applyMigrations(db, migrations, { autoSnapshot: false });
  // What the engine refuses (a record that is there, another shape) is no part of the case.
  for (const statement of fillOf(one)) await db.query(statement).catch(() => undefined);
  await db.query("DEFINE TABLE IF NOT EXISTS log");

  const before = await digest(db);
  const compared = before.length;
  const { batchAbove } = one;
  const plan = await createRollbackPlan(db, migrations, "base", {
    preserve: true,
    scratch: false,
    batchAbove,
  });
  const { success, errors } = await executeRollback(db, plan, { force: true });
  if (!success) {
    const ours = errors.filter(({ statement = "" }) => statement.includes("__surql_"));
    const mistakes = ours.map(
      ({ message, statement }) => `a statement of ours failed: ${message} ${statement ?? ""}`,
    );
    const isWhole = one.migrations.every(({ transaction }) => transaction === "required");
    if (isWhole && !same(await digest(db), before)) mistakes.push("a failure changed something");
    return { kind: "failed", mistakes, compared };
  }
  const events = await countEvents(db);
  const [kept] = await db.query("SELECT VALUE id FROM _rollback_quarantine:..[]");
  await applyMigrations(db, migrations, { restore: "ours", autoSnapshot: false, batchAbove });
  // What an UPSERT has made of nothing took nothing away, and stays.
  const mayAdd = one.migrations.some(({ down }) => down.includes("UPSERT"));
  const mistakes = [...differences(before, await digest(db), mayAdd)];
  if ((await countEvents(db)) !== events) mistakes.push("giving back has set off events");
  return { kind: (kept as readonly unknown[]).length > 0 ? "kept" : "nothing", mistakes, compared };
}

function fillOf({ fill, volume }: QuarantineCase): readonly string[] {
  if (volume === 0) return fill;
  const edges = Math.floor(volume / 10);
  // One value of each type after the other, in turn.
  const many =
    `LET $values = [${simpleValues.join(", ")}]; LET $value = |$n: int| $values[$n % ${simpleValues.length}]; ` +
    `FOR $n IN 0..${volume} { CREATE type::record('t1', ['no', $n]) CONTENT { a: $value($n), b: $n, k: $n % 7, ` +
    "o: { x: $value($n + 1), `y z`: [$value($n + 2)] }, tags: [$value($n + 3)], items: [{ p: $value($n + 4), q: $n }], " +
    "`odd field`: $value($n + 5), value: type::record('t2', $n) } RETURN NONE }; " +
    `FOR $n IN 0..${edges} { LET $from = type::record('t1', ['no', $n]); LET $to = type::record('t1', ['no', $n + 1]); ` +
    "RELATE $from->likes->$to SET n = $value($n) RETURN NONE }";
  return [...fill, many];
}

function migration({ up, down, transaction }: CaseMigration, position: number): Migration {
  const version = String(position + 1);
  return {
    version,
    description: "case",
    format: "surql",
    path: `${version}_case.surql`,
    checksum: version,
    parents: position === 0 ? [] : [String(position)],
    transaction,
    up: splitStatements(up),
    down: splitStatements(down),
  };
}

/** Every record with its types, and where its edges lead, each as text. */
async function digest(db: Database): Promise<readonly string[]> {
  const [info] = await db.query("RETURN object::keys((INFO FOR DB).tables)");
  const names = (info as readonly string[]).filter((name) => !name.startsWith("_")).toSorted();
  const lines: string[] = [];
  for (const name of names) {
    if (name === "log") continue;
    const [rows] = await db.query(
      `SELECT VALUE <string>[$this, ->likes.id, <-likes.id, ->\`we-met\`.id, <-\`we-met\`.id, ->?.n] FROM \`${name}\``,
    );
    lines.push(...(rows as readonly string[]).map((row) => `${name} ${row}`));
  }
  return lines;
}

/** How often a record was written where events run. */
async function countEvents(db: Database): Promise<number> {
  const [events] = await db.query("RETURN count(SELECT VALUE id FROM log)");
  return Number(events);
}

function same(before: readonly string[], after: readonly string[]): boolean {
  return differences(before, after, false).length === 0;
}

function differences(
  before: readonly string[],
  after: readonly string[],
  mayAdd: boolean,
): readonly string[] {
  const [old, now] = [new Set(before), new Set(after)];
  const gone = before.filter((line) => !now.has(line)).slice(0, 3);
  const added = mayAdd ? [] : after.filter((line) => !old.has(line)).slice(0, 3);
  return [...gone.map((line) => `- ${line}`), ...added.map((line) => `+ ${line}`)];
}
