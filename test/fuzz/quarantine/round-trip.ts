import { connect, type Database } from "@surql/connection";
import { splitStatements } from "@surql/surrealql";
import { applyMigrations, createRollbackPlan, executeRollback } from "surql/executor";
import type { Migration } from "surql/migration";
import type { QuarantineCase } from "./quarantine-case.ts";

/** What came of a case. */
export interface RoundTrip {
  readonly kind: "failed" | "nothing" | "kept";
  readonly mistakes: readonly string[];
}

/** Rolls everything back, keeping what that takes; applies it again, giving it back; and compares. */
export async function roundTrip(one: QuarantineCase): Promise<RoundTrip> {
  await using db = await connect({ url: "mem://", namespace: "test", database: "test" });
  const migrations = one.migrations.map(({ up, down }, position) => migration(position, up, down));
  await applyMigrations(db, migrations, { autoSnapshot: false });
  // What the engine refuses (a record that is there, another shape) is no part of the case.
  for (const statement of fillOf(one)) await db.query(statement).catch(() => undefined);
  await db.query("DEFINE TABLE IF NOT EXISTS log");

  const before = await digest(db);
  const plan = await createRollbackPlan(db, migrations, "base", { preserve: true, scratch: false });
  const { success, errors } = await executeRollback(db, plan, { force: true });
  if (!success) {
    const ours = errors.filter(({ statement = "" }) => statement.includes("__surql_"));
    const mistakes = ours.map(
      ({ message, statement }) => `a statement of ours failed: ${message} ${statement ?? ""}`,
    );
    if ((await digest(db)) !== before) mistakes.push("a failure changed something");
    return { kind: "failed", mistakes };
  }
  const events = await countEvents(db);
  const [kept] = await db.query("SELECT VALUE id FROM _rollback_quarantine:..[]");
  await applyMigrations(db, migrations, { restore: "ours", autoSnapshot: false });
  // What an UPSERT has made of nothing took nothing away, and stays.
  const mayAdd = one.migrations.some(({ down }) => down.includes("UPSERT"));
  const mistakes = differences(before, await digest(db), mayAdd);
  if ((await countEvents(db)) !== events) mistakes.push("giving back has set off events");
  return { kind: (kept as readonly unknown[]).length > 0 ? "kept" : "nothing", mistakes };
}

function fillOf({ fill, volume }: QuarantineCase): readonly string[] {
  if (volume === 0) return fill;
  const many =
    `FOR $i IN 0..${volume} { CREATE type::record('t1', [$i]) CONTENT { a: $i, b: <string>$i, k: $i % 7, ` +
    "o: { x: [$i, 1.5dec], `y z`: NONE }, tags: [1ns, NULL] } RETURN NONE }";
  return [...fill, many];
}

function migration(position: number, up: string, down: string): Migration {
  const version = String(position + 1);
  return {
    version,
    description: "case",
    format: "surql",
    path: `${version}_case.surql`,
    checksum: version,
    parents: position === 0 ? [] : [String(position)],
    transaction: "required",
    up: splitStatements(up),
    down: splitStatements(down),
  };
}

/** Every record with its types, and where its edges lead, as text. */
async function digest(db: Database): Promise<string> {
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
  return lines.join("\n");
}

/** How often a record was written where events run. */
async function countEvents(db: Database): Promise<number> {
  const [events] = await db.query("RETURN count(SELECT VALUE id FROM log)");
  return Number(events);
}

function differences(before: string, after: string, mayAdd: boolean): string[] {
  const old = new Set(before.split("\n"));
  const now = new Set(after.split("\n"));
  const gone = [...old].filter((line) => line !== "" && !now.has(line)).slice(0, 3);
  const added = mayAdd ? [] : [...now].filter((line) => line !== "" && !old.has(line)).slice(0, 3);
  return [...gone.map((line) => `- ${line}`), ...added.map((line) => `+ ${line}`)];
}
