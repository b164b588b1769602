import { infoAddress } from "@surql/snapshot";
import { readStatement } from "@surql/surrealql";
import { sha256, type PlannedObject } from "../planned-object.ts";
import type { RollbackPlan } from "../rollback-plan.ts";

/** Stands between the parts of an address. */
export const separator = "\u001F";

/** What has to be so when a plan is through, before it is committed. Objects are called by their addresses. */
export interface Expectation {
  /** Tables that are not looked into: nobody knows what becomes of them. */
  readonly unknownTables: readonly string[];
  /** Tables whose own objects may change. */
  readonly touchedTables: readonly string[];
  /** The same, where the plan is carried out in several transactions: all tables that it rests on. */
  readonly groundTables: readonly string[];
  /** Objects that may change. All others stay as they are. */
  readonly touched: readonly string[];
  /** Of these the definition is known, or that there is none. */
  readonly exact: readonly string[];
  /** What those of `exact` are that are there. */
  readonly definitions: Readonly<Record<string, string>>;
  /** Of these it is only known that they are there. */
  readonly present: readonly string[];
  /** Whether nothing else may change. */
  readonly isClosed: boolean;
}

/**
 * Says what a plan has to have made of the schema. Pure.
 *
 * @param engineVersion Of the database.
 * @returns `undefined` when it was not rehearsed.
 */
export function expectationOf(
  { outcome, migrations, ground }: Pick<RollbackPlan, "outcome" | "migrations" | "ground">,
  engineVersion: string,
): Expectation | undefined {
  if (outcome === undefined) return undefined;
  const unknownTables = outcome.unknown.flatMap(({ kind, name }) => (isTable(kind) ? [name] : []));
  const unknown = outcome.unknown.flatMap((object) =>
    isTable(object.kind) ? [] : [addressOf(object), ...elementsOf(object)],
  );
  const skipped = new Set(unknown);
  const known = outcome.objects.filter(
    (object) =>
      !skipped.has(addressOf(object)) &&
      !unknownTables.includes(object.table ?? (isTable(object.kind) ? object.name : "")),
  );
  const isSpelledAlike = release(outcome.engineVersion) === release(engineVersion);
  const fixed = constantParams(migrations.flatMap(({ statements }) => statements));
  const isExact = (object: PlannedObject): boolean =>
    object.text === null ||
    (isSpelledAlike && hasExactText(object) && (object.kind !== "param" || fixed.has(object.name)));
  const exact = known.filter(isExact);
  return {
    unknownTables,
    touchedTables: tablesOf(known),
    groundTables: tablesOf([...known, ...ground.objects]),
    touched: [...unknown, ...known.map(addressOf)],
    exact: exact.map(addressOf),
    definitions: Object.fromEntries(
      exact.flatMap((object) => (object.text === null ? [] : [[addressOf(object), object.text]])),
    ),
    present: known.filter((object) => !isExact(object)).map(addressOf),
    isClosed: outcome.isComplete,
  };
}

/** What an object is called in the database's own comparison. */
export function addressOf(object: Pick<PlannedObject, "kind" | "table" | "name">): string {
  return infoAddress(object).join(separator);
}

function tablesOf(objects: readonly PlannedObject[]): readonly string[] {
  const names = objects.flatMap(({ kind, table, name }) => table ?? (isTable(kind) ? name : []));
  return [...new Set(names)];
}

function isTable(kind: string): boolean {
  return kind === "table" || kind === "edge";
}

/** A field of an array brings one for its elements. */
function elementsOf(object: Pick<PlannedObject, "kind" | "table" | "name">): readonly string[] {
  return object.kind === "field" ? [addressOf({ ...object, name: `${object.name}.*` })] : [];
}

/** Kinds whose definitions hold no secret, so that a snapshot has the engine's own text. */
const plainKinds = new Set(
  "table edge field index event function param analyzer api sequence model module".split(" "),
);

function hasExactText({ kind, text, hash }: PlannedObject): boolean {
  return plainKinds.has(kind) && text !== null && sha256(text) === hash;
}

/** The value of a parameter is calculated when it is defined: another time, it may be another. */
function constantParams(statements: readonly string[]): ReadonlySet<string> {
  return new Set(
    statements.flatMap((statement) =>
      readStatement(statement).touches.flatMap((touch) =>
        touch.effect === "define" &&
        touch.object.kind === "param" &&
        !/[($]/.test(touch.clauses["VALUE"] ?? "(")
          ? [touch.object.name]
          : [],
      ),
    ),
  );
}

/** `3.0` */
function release(version: string): string {
  return version.split(".", 2).join(".");
}
