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
  const behind = ["accesses", "apis", "configs", "users"];
  const objects = Object.entries(schema.objects);
  const some = (isWanted: (kind: string) => boolean): readonly string[] =>
    textsOf({
      ...emptySchema,
      objects: Object.fromEntries(objects.filter(([kind]) => isWanted(kind))),
    });
  return [
    ...some((kind) => !behind.includes(kind)),
    ...tables.flatMap(([name, table]) =>
      tableTexts(name, table, Object.hasOwn(schema.edges, name)),
    ),
    ...some((kind) => behind.includes(kind)),
  ];
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
