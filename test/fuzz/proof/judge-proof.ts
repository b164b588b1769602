import { randomUUID } from "node:crypto";
import {
  applyMigrations,
  captureSchema,
  connect,
  differenceScript,
  isSurqlError,
  proveMigrations,
  quoteIdentifier,
  tablesOf,
  type Database,
  type Migration,
  type MigrationProof,
  type Schema,
} from "surql";
import { addRecords } from "../difference/records.ts";
import { failuresOf } from "../difference/run-script.ts";
import type { ProofCase } from "./proof-case.ts";
import { realRoundTrip } from "./real-round-trip.ts";

const nothing: Schema = { tables: {}, edges: {}, objects: {} };

const open = (): Promise<Database> =>
  connect({ url: "mem://", namespace: "fuzz", database: "fuzz" });

/**
 * Proves a migration, and carries it out in earnest.
 *
 * @returns The verdict, with the records of the database.
 * @throws When something is not as the proof says.
 */
export async function judgeProof(one: ProofCase): Promise<MigrationProof["verdict"]> {
  const migrations = await migrationsOf(one);
  await using db = await open();
  try {
    await applyMigrations(db, migrations.slice(0, 1), { autoSnapshot: false });
  } catch (error) {
    if (!isSurqlError(error)) throw error;
    return "fails";
  }
  const schema = await captureSchema(db);
  await (one.byRules ? addByRules(db, schema) : addRecords(db, schema));
  const sampled = await prove(migrations, db);
  const made = one.byRules ? await prove(migrations) : undefined;
  const real = await realRoundTrip(db, migrations);
  const said = JSON.stringify({ sampled, real });
  const isExact = sampled.verdict === "exact" || made?.verdict === "exact";
  if (real.kind === "failed") {
    if (sampled.verdict === "exact") throw new Error(`exact, but fails in earnest: ${said}`);
    return sampled.verdict;
  }
  const { lost, changed, schema: other } = real;
  if (isExact && lost.length + changed.length + other.length > 0) {
    throw new Error(`exact, but not in earnest: ${JSON.stringify({ made, sampled, real })}`);
  }
  if (sampled.verdict === "loses") {
    const named = new Set(sampled.changes.flatMap(({ table, field }) => [placeOf(table, field)]));
    const unnamed = lost.filter((place) => !named.has(place));
    if (unnamed.length > 0) throw new Error(`${unnamed.join(", ")} is lost unnamed: ${said}`);
  }
  return sampled.verdict;
}

/** `table`, or `table.field` of the outermost field. */
function placeOf(table: string, field: string | undefined): string {
  if (field === undefined) return table;
  const outer = /^(?:`(?:[^`\\]|\\.)*`|[^.`[]+)/s.exec(field)?.[0] ?? field;
  const name = outer.startsWith("`") ? outer.slice(1, -1).replaceAll(/\\(.)/gs, "$1") : outer;
  return `${table}.${name}`;
}

async function prove(migrations: readonly Migration[], from?: Database): Promise<MigrationProof> {
  const { migrations: proofs } = await proveMigrations(migrations, {
    openScratch: open,
    versions: ["2"],
    ...(from && { sample: { from, limit: 100 } }),
  });
  const [proof] = proofs;
  if (proof === undefined) throw new Error("no proof");
  return proof;
}

async function migrationsOf({
  before,
  after,
  moves,
  lacks,
}: ProofCase): Promise<readonly Migration[]> {
  const [first, second] = [await schemaOf(before), await schemaOf(after)];
  const both = [...tablesOf(first).keys()].filter((name) => tablesOf(second).has(name));
  const moved = moves.flatMap(({ table, up, down }) => {
    const name = both[table % both.length];
    const on = (text: string): string => text.replaceAll("$t", quoteIdentifier(name ?? ""));
    return name === undefined ? [] : [[on(up), on(down)] as const];
  });
  const down = [...moved.map(([, back]) => back).toReversed(), ...textsOf(second, first)];
  const left = down.filter((_, at) => lacks === undefined || at !== lacks % down.length);
  const up = [...textsOf(first, second), ...moved.map(([there]) => there)];
  return [
    migrationOf("1", textsOf(nothing, first), textsOf(first, nothing)),
    migrationOf("2", up, left),
  ];
}

function textsOf(one: Schema, other: Schema): readonly string[] {
  return differenceScript(one, other, { secret: randomUUID }).statements.map(({ text }) => text);
}

async function schemaOf(texts: readonly string[]): Promise<Schema> {
  await using db = await open();
  await failuresOf(db, texts);
  return await captureSchema(db);
}

function asStatement(text: string, at: number): Migration["up"][number] {
  return { text, line: at + 1, column: 1 };
}

function migrationOf(version: string, up: readonly string[], down: readonly string[]): Migration {
  return {
    version,
    description: "random",
    parents: version === "1" ? [] : ["1"],
    path: `${version}_random.surql`,
    format: "surql",
    checksum: version,
    up: up.map(asStatement),
    down: down.map(asStatement),
    transaction: "required",
  };
}

const values = [
  {
    name: "'one'",
    writer: "user:0",
    age: "1",
    tags: "['a', 'b']",
    address: "{ city: 'x' }",
    "a.b": "1",
  },
  { name: "'two'", age: "2", tags: "[]", writer: "user:0" },
  { age: "3", writer: "user:1", tags: "[1]", order: "true" },
  {},
];

/** Records of fields that are defined, as those that are made for a proof are; each table takes what fits. */
async function addByRules(db: Database, schema: Schema): Promise<void> {
  const texts = [...tablesOf(schema)].flatMap(([table, { fields }]) =>
    values.map((all, at) => {
      const known = Object.entries(all).flatMap(([name, value]) => {
        const field = quoteIdentifier(name);
        return Object.hasOwn(fields, field) ? [`${field}: ${value}`] : [];
      });
      const name = quoteIdentifier(table);
      const content = `CONTENT { ${known.join(", ")} } RETURN NONE`;
      return Object.hasOwn(schema.edges, table)
        ? `RELATE user:${at}->${name}:${at}->post:${at} ${content}`
        : `CREATE ${name}:${at} ${content}`;
    }),
  );
  await failuresOf(db, texts);
}
