import { randomUUID } from "node:crypto";
import {
  applyMigrations,
  captureSchema,
  compareSchemas,
  connect,
  createRollbackPlan,
  differenceScript,
  executeRollback,
  isSurqlError,
  schemaChecksum,
  squashMigrations,
  type Database,
  type Migration,
  type Schema,
} from "surql";
import type { DifferenceCase } from "../difference/difference-case.ts";
import { failuresOf } from "../difference/run-script.ts";

const nothing: Schema = { tables: {}, edges: {}, objects: {} };

/** What came of a case. */
export interface Tried {
  readonly isBack: boolean;
  readonly isSquashed: boolean;
}

/**
 * Makes two migrations of two schemas, goes back by snapshots, and squashes them.
 *
 * @throws When something is wrong.
 */
export async function judgeSnapshots({ before, after }: DifferenceCase): Promise<Tried> {
  const [first, second] = [await schemaOf(before), await schemaOf(after)];
  const there = differenceScript(first, second, { secret: randomUUID });
  // What no statement does, no migration did.
  if (there.gaps.length > 0) return { isBack: false, isSquashed: false };
  const migrations = [
    migrationOf("1", [], differenceScript(nothing, first, { secret: randomUUID })),
    migrationOf("2", ["1"], there),
  ];
  return { isBack: await goBack(migrations, first), isSquashed: await squash(migrations, second) };
}

const open = (): Promise<Database> =>
  connect({ url: "mem://", namespace: "fuzz", database: "fuzz" });

async function schemaOf(texts: readonly string[]): Promise<Schema> {
  await using db = await open();
  await failuresOf(db, texts);
  return await captureSchema(db);
}

function migrationOf(
  version: string,
  parents: readonly string[],
  { statements }: { readonly statements: readonly { readonly text: string }[] },
): Migration {
  return {
    version,
    description: "random",
    parents,
    path: `${version}_random.surql`,
    format: "surql",
    checksum: version,
    up: statements.map(({ text }, at) => ({ text, line: at + 1, column: 1 })),
    down: [],
    transaction: "required",
  };
}

async function goBack(migrations: readonly Migration[], first: Schema): Promise<boolean> {
  await using db = await open();
  await applyMigrations(db, migrations, { autoSnapshot: true });
  const plan = await createRollbackPlan(db, migrations, "1", { fromSnapshots: true });
  const result = await executeRollback(db, plan, { force: true, acceptDifference: true });
  if (!result.success) throw new Error(`back: ${result.errors[0]?.message}`);
  const told = new Set(
    plan.issues.flatMap(({ code, object }) => (code === "not_computed" ? [object?.name] : [])),
  );
  const wrong = compareSchemas(first, await captureSchema(db)).filter(
    ({ path }) => !told.has(path),
  );
  if (wrong.length > 0) throw new Error(`back: ${JSON.stringify(wrong)}`);
  return told.size === 0;
}

async function squash(migrations: readonly Migration[], second: Schema): Promise<boolean> {
  try {
    const { up, down } = await squashMigrations(open, migrations, { to: "2" });
    await using db = await open();
    await mustRun(db, up);
    if (schemaChecksum(await captureSchema(db)) !== schemaChecksum(second)) {
      throw new Error("the squash does not come to the second schema");
    }
    await mustRun(db, down);
    if (schemaChecksum(await captureSchema(db)) !== schemaChecksum(nothing)) {
      throw new Error("the squash does not lead back");
    }
    return true;
  } catch (error) {
    if (isSurqlError(error) && error.code === "GENERATOR.SQUASH_GAP") return false;
    throw error;
  }
}

async function mustRun(db: Database, texts: readonly string[]): Promise<void> {
  const [failure] = await failuresOf(db, texts);
  if (failure !== undefined) throw new Error(`refused: ${failure}`);
}
