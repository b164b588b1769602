import { infoAddress, type Definitions, type Schema } from "@surql/snapshot";
import { readStatement } from "@surql/surrealql";
import { sha256, type PlannedObject } from "../plan/planned-object.ts";
import type { PlannedOutcome } from "../plan/plan-outcome.ts";

/** Stands between the parts of an address. */
export const separator = "\u001F";

/** Definitions by table, by INFO's key, by name. */
type ExpectedTables = Readonly<Record<string, Readonly<Record<string, Definitions>>>>;

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
  /** Those of `exact` that are not there. */
  readonly gone: readonly string[];
  /** Those of `definitions` that belong to no table. */
  readonly ownDefinitions: Readonly<Record<string, string>>;
  /** The touched tables with all that belongs to them, as INFO tells it; `null` where not all of it is known. */
  readonly tables: ExpectedTables | null;
  /** Of these it is only known that they are there. */
  readonly present: readonly string[];
  /** Whether nothing else may change. */
  readonly isClosed: boolean;
}

/** What of a plan tells what it has to make of the schema. */
export interface Expecting {
  readonly outcome?: PlannedOutcome | undefined;
  readonly migrations: readonly { readonly statements: readonly string[] }[];
  readonly ground: { readonly objects: readonly PlannedObject[] };
}

/**
 * Says what a plan has to have made of the schema. Pure.
 *
 * @param engineVersion Of the database.
 * @param before The schema before the plan, which makes the comparison quick.
 * @returns `undefined` when it was not rehearsed.
 */
export function expectationOf(
  { outcome, migrations, ground }: Expecting,
  engineVersion: string,
  before?: Schema,
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
  const touchedTables = tablesOf(known);
  const definitionsOf = (objects: readonly PlannedObject[]): Readonly<Record<string, string>> =>
    Object.fromEntries(
      objects.flatMap((object) => (object.text === null ? [] : [[addressOf(object), object.text]])),
    );
  const isWhole = exact.length === known.length && unknown.length === 0;
  return {
    unknownTables,
    touchedTables,
    groundTables: tablesOf([...known, ...ground.objects]),
    touched: [...unknown, ...known.map(addressOf)],
    exact: exact.map(addressOf),
    gone: exact.flatMap((object) => (object.text === null ? [addressOf(object)] : [])),
    definitions: definitionsOf(exact),
    ownDefinitions: definitionsOf(
      exact.filter(({ kind, table }) => table === undefined && !isTable(kind)),
    ),
    tables: before === undefined || !isWhole ? null : expectedTables(before, touchedTables, exact),
    present: known.filter((object) => !isExact(object)).map(addressOf),
    isClosed: outcome.isComplete,
  };
}

/** What an object is called in the database's own comparison. */
export function addressOf(object: Pick<PlannedObject, "kind" | "table" | "name">): string {
  return infoAddress(object).join(separator);
}

function expectedTables(
  { tables, edges }: Schema,
  names: readonly string[],
  changed: readonly PlannedObject[],
): ExpectedTables {
  const expected = new Map<string, Record<string, Record<string, string>>>();
  for (const name of names) {
    const found = ownOf(tables, name) ?? ownOf(edges, name);
    const { definition = "", events, fields, indexes } = found ?? {};
    expected.set(name, {
      definition: { self: definition },
      events: { ...events },
      fields: { ...fields },
      indexes: { ...indexes },
    });
  }
  const gone = new Set<string>();
  for (const object of changed) {
    const [table, key, name] = infoAddress(object);
    const kinds = expected.get(table);
    if (kinds === undefined) continue;
    if (isTable(object.kind) && object.text === null) gone.add(table);
    if (object.text === null) delete kinds[key]?.[name];
    else (kinds[key] ??= {})[name] = object.text;
  }
  return Object.fromEntries([...expected].filter(([name]) => !gone.has(name)));
}

function ownOf<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
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
