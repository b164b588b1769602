import type { AppliedMigration } from "@surql/history";
import {
  findGround,
  type GroundObject,
  type PlanStep,
  type SchemaObject,
} from "@surql/safety-analyzer";
import type { Schema } from "@surql/snapshot";
import type { PlannedObject } from "./planned-object.ts";
import type { PlannedMigration } from "./rollback-plan.ts";

/** What a plan rests on: when something of it changes, the plan no longer holds. */
export interface PlanGround {
  /** The objects of the schema, sorted by path. */
  readonly objects: readonly PlannedObject[];
  /** The rows of the ledger, in the order of applying. */
  readonly history: readonly GroundRow[];
  /** All versions that were applied, in that order: what is newer must not build on what goes. */
  readonly applied: readonly string[];
}

/** A row of the ledger that a plan rests on. */
export interface GroundRow {
  readonly version: string;
  readonly checksum: string;
  /** ISO 8601, UTC. */
  readonly appliedAt: string;
  /** Whether the plan takes it out, or it has to stay because others build on it. */
  readonly role: "goes" | "stays";
}

/** What of the schema a plan rests on. Pure; on the schema of another moment it is what the plan would rest on then. */
export function groundObjects(
  migrations: readonly Pick<PlannedMigration, "version" | "statements" | "lines">[],
  schema: Schema,
  changed: readonly SchemaObject[],
): readonly GroundObject[] {
  return findGround(migrations.map(stepOf), schema, changed);
}

function stepOf({
  version,
  statements,
  lines,
}: Pick<PlannedMigration, "version" | "statements" | "lines">): PlanStep {
  return {
    migration: version,
    statements: statements.map((text, at) => ({ text, line: lines[at] ?? 1, column: 1 })),
  };
}

/** The rows that go, and those that they build on. Pure. */
export function groundRows(
  ledger: readonly AppliedMigration[],
  goes: ReadonlySet<string>,
  stays: ReadonlySet<string>,
): readonly GroundRow[] {
  return ledger.flatMap(({ version, checksum, appliedAt }): readonly GroundRow[] => {
    if (!goes.has(version) && !stays.has(version)) return [];
    return [{ version, checksum, appliedAt, role: goes.has(version) ? "goes" : "stays" }];
  });
}
