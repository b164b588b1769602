import type { SchemaChange } from "@surql/snapshot";
import type { Statement } from "@surql/surrealql";
import type { PlanStep } from "../plan-step.ts";

/** A statement of a plan, and the step that it is of. */
export interface PlacedStatement {
  readonly step: PlanStep;
  readonly statement: Statement;
}

/** Statements that follow each other, and what they did to the schema together. */
export interface RehearsedSegment {
  readonly statements: readonly PlacedStatement[];
  readonly changes: readonly SchemaChange[];
}

/** A statement that failed when the plan was tried. */
export interface RehearsedFailure extends PlacedStatement {
  /** The engine's own words. */
  readonly reason: string;
  /** Whether it deals with records, of which there were none or only a sample: on the database itself it may succeed. */
  readonly lacksRecords: boolean;
}

/** What a plan did where it could do no harm. */
export interface SchemaRehearsal {
  /** `scratch`: an engine of its own, with the live schema. `live`: a transaction on the database, which was cancelled. */
  readonly ground: "scratch" | "live";
  /** All statements of the plan, in order. */
  readonly segments: readonly RehearsedSegment[];
  readonly failures: readonly RehearsedFailure[];
  /** The statements that say nothing here, and why: they failed, were left out, or stand behind a failure. */
  readonly unproven: ReadonlyMap<Statement, string>;
  /** Paths of the objects of the schema that the ground does not have as the database has them. */
  readonly omitted: readonly string[];
  /** Version of the engine that it ran on. */
  readonly engineVersion: string;
  /** Milliseconds, those included that the engine took to start. */
  readonly durationMs: number;
  /** Why there was no scratch engine; left out when there was one. */
  readonly why?: string | undefined;
}

/** A plan could not be rehearsed. */
export interface NoRehearsal {
  readonly ground: "none";
  readonly why: string;
}
