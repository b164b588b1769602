import { randomUUID } from "node:crypto";
import { open, writeFile } from "node:fs/promises";
import {
  SurqlError,
  acquireLock,
  addEvidence,
  analyzeSteps,
  applyMigrations,
  buildVersionGraph,
  captureSchema,
  connect,
  createRollbackPlan,
  createSnapshot,
  defineRule,
  executeRollback,
  exportSnapshot,
  getAppliedMigrations,
  judgeSteps,
  listEvents,
  listQuarantine,
  proveMigrations,
  recordedSchema,
  serializePlan,
  splitStatements,
  writeEvidence,
} from "surql";
import type { Database, Lease, RecordFile, ScriptStatement } from "surql";
import type { Shop } from "./shop.ts";

const removal = "REMOVE FIELD bio ON TABLE user;";
const withoutBio = "REMOVE FIELD IF EXISTS bio ON TABLE user;";

async function takeLock(db: Database): Promise<Lease> {
  const answer = await acquireLock(db, {
    owner: "ada@laptop",
    runner: randomUUID(),
    ttlMs: 60_000,
  });
  if (!answer.acquired) throw new Error("Nobody else holds it.");
  return answer.lease;
}

async function lastEvent(db: Database): Promise<string> {
  const id = (await listEvents(db)).at(-1)?.id ?? "";
  return id.replace(/^_migration_event:`(.*)`$/, "$1");
}

/** What the examples of docstrings take for granted, made of the shop. */
const makers = {
  db: ({ db }: Shop) => db,
  scratch: ({ db }: Shop) => db.openScratch(),
  other: () => connect({ url: "mem://", namespace: "other", database: "main" }),

  after: ({ db }: Shop) => createSnapshot(db, { version: "after" }),
  live: ({ db }: Shop) => createSnapshot(db, { version: "live" }),
  stored: ({ db }: Shop) => createSnapshot(db, { version: "20260109_120000" }),
  recorded: ({ db }: Shop) => createSnapshot(db, { version: "20260109_120000" }),
  target: async ({ db }: Shop) => {
    const target = await recordedSchema(db, { version: "20260108_120000" });
    if (target === undefined) throw new Error("Nothing is recorded.");
    return target;
  },
  report: ({ db, migrations }: Shop) =>
    proveMigrations(migrations, { openScratch: () => db.openScratch() }),

  directory: () => "migrations",
  migrations: ({ migrations }: Shop) => migrations,
  migration: async ({ db, migrations }: Shop) => {
    await db.query(
      "DELETE _migration_history WHERE version = '20260109_120000'; REMOVE FIELD bio ON user",
    );
    const last = migrations.at(-1);
    if (last === undefined) throw new Error("There is no migration.");
    return last;
  },
  graph: () =>
    buildVersionGraph([
      { version: "1", description: "Create user" },
      { version: "2", description: "Add bio" },
      { version: "3", description: "Add tags", dependsOn: ["1"] },
      { version: "4", description: "Merge", dependsOn: ["2", "3"] },
    ]),
  done: () => new Set(["1", "2"]),
  applied: ({ db }: Shop) => getAppliedMigrations(db),
  name: () => "add bio",
  up: (): readonly string[] => ["DEFINE FIELD bio ON TABLE user TYPE option<string>"],
  down: (): readonly string[] => [removal],
  now: () => new Date("2026-01-10T12:00:00Z"),
  statements: (): readonly ScriptStatement[] => [
    { text: "CREATE user:ada SET name = 'Ada', email = 'ada'" },
  ],
  script: (): readonly ScriptStatement[] => [
    { text: "CREATE user:ada SET name = 'Ada', email = 'ada'" },
  ],
  bindings: (): Readonly<Record<string, unknown>> => ({}),
  steps: () => [{ migration: "20260109_120000", statements: splitStatements(removal) }],
  checksum: () => "0".repeat(64),

  plan: ({ db, migrations }: Shop) => createRollbackPlan(db, migrations, "20260108_120000"),
  text: async ({ db, migrations }: Shop) =>
    serializePlan(await createRollbackPlan(db, migrations, "20260108_120000")),
  issues: () =>
    judgeSteps([{ migration: "1", statements: splitStatements("REMOVE TABLE user_cache;") }])
      .issues,
  found: () => [],
  verdict: ({ db }: Shop) =>
    analyzeSteps(db, [{ migration: "1", statements: splitStatements(removal) }]),

  schema: ({ db }: Shop) => captureSchema(db),
  snapshot: ({ db }: Shop) => createSnapshot(db, { version: "20260109_120000" }),
  before: async ({ db }: Shop) => {
    await db.query(withoutBio);
    return createSnapshot(db, { version: "before" });
  },

  lease: ({ db }: Shop) => takeLock(db),
  error: () =>
    new SurqlError({ code: "TEST.NOTHING", category: "failure", message: "Nothing of that kind." }),
  event: () => randomUUID(),
  written: ({ db }: Shop) => lastEvent(db),
  previous: ({ db }: Shop) => lastEvent(db),
  id: async ({ db }: Shop) => (await listQuarantine(db))[0]?.id ?? "",
  file: () => open("records.jsonl", "w"),
  files: (): readonly RecordFile[] => [],
  lines: (): readonly string[] => [
    `{"kind":"table","migration":"20260109_120000","table":"user","record":{"id":{"$record":{"table":"user","key":2000}},"name":"Ada","email":"ada"}}`,
  ],

  row: (): { readonly id: string; readonly version: unknown } => ({
    id: "_migration_history:1",
    version: "1",
  }),
  changed: (): readonly string[] => [],
  missing: (): readonly string[] => [],
  given: () => "theirs",
  yours: () => defineRule({ name: "yours", codes: [], judgeTouch: () => [] }),

  ask: () => async (_question: unknown) => true,
  confirmed: () => async (_question?: unknown) => true,
  lostRace: () => () => new Error("The race was lost."),
  planAgain: () => async () => {},
  stop: () => () => {},
  warn: () => (_text: string) => {},
  work: () => async (_signal?: AbortSignal) => {},
} as const;

/**
 * The names that an example may use without declaring them, with their types.
 *
 * @public Read by the modules that are written for examples.
 */
export type Surroundings = {
  readonly [Name in keyof typeof makers]: Awaited<ReturnType<(typeof makers)[Name]>>;
};

/** All of those names. */
export const surroundings: ReadonlySet<string> = new Set(Object.keys(makers));

/** The files that an example reads, made of the shop. */
const files = {
  "plan.json": async ({ db, migrations }: Shop) =>
    serializePlan(await createRollbackPlan(db, migrations, "20260108_120000")),
  "migrations/surql.proof.json": async ({ db, migrations }: Shop) => {
    const report = await proveMigrations(migrations, { openScratch: () => db.openScratch() });
    return writeEvidence(addEvidence([], report, migrations));
  },
  "20260109_120000.json": async ({ db }: Shop) =>
    exportSnapshot(await createSnapshot(db, { version: "20260109_120000" })),
} as const;

/** What is told of a database from which something was rolled back. */
const rolledBack = [
  "pruneQuarantine",
  "exportQuarantine",
  "measureQuarantine",
  "readQuarantine",
  "listEvents",
  "restoreQuarantined",
];

async function rollBack({ db, migrations }: Shop): Promise<void> {
  const plan = await createRollbackPlan(db, migrations, "20260108_120000", {
    preserve: true,
    keepForMs: 1,
  });
  await executeRollback(db, plan, { force: true });
}

/** Puts the shop into the state that an example speaks of, and writes the files that it reads. */
export async function prepare(text: string, shop: Shop): Promise<void> {
  for (const [file, make] of Object.entries(files)) {
    if (text.includes(`readFile("${file}"`)) await writeFile(file, await make(shop));
  }
  if (text.includes("adoptMigration(")) await shop.db.query("DELETE _migration_history");
  if (!rolledBack.some((name) => text.includes(name))) return;
  await rollBack(shop);
  if (text.includes("restoreQuarantined")) await applyMigrations(shop.db, shop.migrations);
}

/** Makes what an example names, one after the other. */
export async function makeSurroundings(
  names: readonly string[],
  shop: Shop,
): Promise<Readonly<Record<string, unknown>>> {
  const made: Record<string, unknown> = {};
  for (const [name, make] of Object.entries(makers)) {
    if (names.includes(name)) made[name] = await make(shop);
  }
  return made;
}
