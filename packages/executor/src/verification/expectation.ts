import { infoAddress, type Definitions, type Schema } from "@surql/snapshot";
import { readStatement } from "@surql/surrealql";
import type { PlannedObject } from "../plan/planned-object.ts";
import { sha256 } from "../plan/sha256.ts";
import type { PlannedOutcome } from "../plan/plan-outcome.ts";

/** Stands between the parts of an address. */
export const separator = "\u001F";

/** Tables with all that belongs to them, as INFO tells it. */
interface ExpectedTables {
  /** By name. */
  readonly definitions: Definitions;
  /** By table, by INFO's key, by name. */
  readonly members: Readonly<Record<string, Readonly<Record<string, Definitions>>>>;
}

/** What has to be so when a plan is through, before it is committed. Objects are called by their addresses. */
export interface Expectation {
  /** Tables that are not looked into: nobody knows what becomes of them. */
  readonly unknownTables: readonly string[];
  /** Tables whose own objects may change. */
  readonly touchedTables: readonly string[];
  /** Those of them that go. What belongs to them goes along, and is not named apart. */
  readonly goneTables: readonly string[];
  /** The same as `touchedTables`, where the plan is carried out in several transactions: all tables that it rests on. */
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
  /** The touched tables that stay; `null` where not all of that is known. */
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
  const gone = goneTables(outcome.objects);
  const known = outcome.objects.filter((object) => {
    const table = object.table ?? (isTable(object.kind) ? object.name : "");
    if (unknownTables.includes(table)) return false;
    return gone.has(table) ? isTable(object.kind) : !skipped.has(addressOf(object));
  });
  const isSpelledAlike = release(outcome.engineVersion) === release(engineVersion);
  const fixed = known.some(({ kind, text }) => kind === "param" && text !== null)
    ? constantParams(migrations.flatMap(({ statements }) => statements))
    : new Set<string>();
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
    goneTables: [...gone],
    groundTables: tablesOf(known, ground.objects),
    touched: [...unknown, ...known.map(addressOf)],
    exact: exact.map(addressOf),
    gone: exact.flatMap((object) => (object.text === null ? [addressOf(object)] : [])),
    definitions: definitionsOf(exact),
    ownDefinitions: definitionsOf(
      exact.filter(({ kind, table }) => table === undefined && !isTable(kind)),
    ),
    tables:
      before === undefined || !isWhole
        ? null
        : expectedTables(
            before,
            touchedTables.filter((name) => !gone.has(name)),
            exact,
          ),
    present: known.filter((object) => !isExact(object)).map(addressOf),
    isClosed: outcome.isComplete,
  };
}

/** What an object is called in the database's own comparison. */
export function addressOf(object: Pick<PlannedObject, "kind" | "table" | "name">): string {
  return infoAddress(object).join(separator);
}

/** The tables that are there before and not afterwards. */
function goneTables(objects: readonly PlannedObject[]): ReadonlySet<string> {
  const tables = objects.filter(({ kind }) => isTable(kind));
  const there = new Set(tables.filter(({ text }) => text !== null).map(({ name }) => name));
  return new Set(tables.map(({ name }) => name).filter((name) => !there.has(name)));
}

function expectedTables(
  { tables, edges }: Schema,
  names: readonly string[],
  changed: readonly PlannedObject[],
): ExpectedTables {
  const definitions: Record<string, string> = {};
  const members: Record<string, Record<string, Record<string, string>>> = {};
  for (const name of names) {
    const found = ownOf(tables, name) ?? ownOf(edges, name);
    if (found !== undefined) definitions[name] = found.definition;
    const { events, fields, indexes } = found ?? {};
    members[name] = { events: { ...events }, fields: { ...fields }, indexes: { ...indexes } };
  }
  for (const object of changed) {
    const [table, key, name] = infoAddress(object);
    const kinds = ownOf(members, table);
    if (kinds === undefined) continue;
    if (isTable(object.kind)) definitions[table] = object.text ?? "";
    else if (object.text === null) delete kinds[key]?.[name];
    else (kinds[key] ??= {})[name] = object.text;
  }
  return { definitions, members };
}

function ownOf<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function tablesOf(...lists: readonly (readonly PlannedObject[])[]): readonly string[] {
  const names = new Set<string>();
  for (const { kind, table, name } of lists.flat()) {
    if (table !== undefined) names.add(table);
    else if (isTable(kind)) names.add(name);
  }
  return [...names];
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
