import { randomUUID } from "node:crypto";
import {
  differenceScript,
  emptySchema,
  isView,
  tablesOf,
  type Schema,
  type TableSnapshot,
} from "@surql/snapshot";

/** The time of a transaction grows faster than what is in it. */
const perTransaction = 500;

/** The statements of a text that builds a schema in an empty engine, with made-up secrets. */
export function buildStatements(schema: Schema): readonly string[] {
  const definitions = definitionsFor(schema);
  if (definitions.length === 0) return [];
  const transactions: string[] = [];
  for (let at = 0; at < definitions.length; at += perTransaction) {
    transactions.push("BEGIN", ...definitions.slice(at, at + perTransaction), "COMMIT");
  }
  return ["OPTION IMPORT", ...transactions, "OPTION IMPORT = FALSE"];
}

/** Tables that do not wait for each other are each written once; the same ones stand before many migrations. */
function definitionsFor(schema: Schema): readonly string[] {
  const tables = [...tablesOf(schema)];
  if (tables.some(([, table]) => waits(table))) return textsOf(schema);
  const objects = objectTexts(schema.objects);
  return [
    ...objects.first,
    ...tables.flatMap(([name, table]) =>
      tableTexts(name, table, Object.hasOwn(schema.edges, name)),
    ),
    ...objects.behind,
  ];
}

/** The statements for what is no table. */
interface ObjectTexts {
  /** What tables may use. */
  readonly first: readonly string[];
  /** What may name tables. */
  readonly behind: readonly string[];
}

const namesTables = new Set(["accesses", "apis", "configs", "users"]);
const knownObjects = new WeakMap<Schema["objects"], ObjectTexts>();

function objectTexts(objects: Schema["objects"]): ObjectTexts {
  const some = (isBehind: boolean): readonly string[] => {
    const kinds = Object.entries(objects).filter(([kind]) => namesTables.has(kind) === isBehind);
    return textsOf({ ...emptySchema, objects: Object.fromEntries(kinds) });
  };
  const texts = knownObjects.get(objects) ?? { first: some(false), behind: some(true) };
  knownObjects.set(objects, texts);
  return texts;
}

const known = new WeakMap<TableSnapshot, readonly string[]>();

function tableTexts(name: string, table: TableSnapshot, isEdge: boolean): readonly string[] {
  const texts =
    known.get(table) ??
    textsOf({ ...emptySchema, [isEdge ? "edges" : "tables"]: { [name]: table } });
  known.set(table, texts);
  return texts;
}

/** Whether others have to be there before it. */
function waits({ definition, fields }: TableSnapshot): boolean {
  return isView(definition) || Object.values(fields).some((text) => text.includes(" REFERENCE"));
}

function textsOf(schema: Schema): readonly string[] {
  const { statements } = differenceScript(emptySchema, schema, { secret: randomUUID });
  return statements.map(({ text }) => text);
}
