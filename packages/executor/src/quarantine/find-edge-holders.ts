import type { Database } from "@surql/connection";
import type { Schema } from "@surql/snapshot";
import type { Part } from "../run/lay-out.ts";
import { mayHoldEdges } from "./stored-records.ts";
import { tableFacts } from "./table-facts.ts";
import { mayWrite } from "../run/may-write.ts";

/**
 * Finds the tables of type `ANY`, which every table without a type is, that hold edges now. All others need not be read
 * because a record that goes could be joined in them.
 *
 * @throws `CONNECTION.*` when the database cannot be asked.
 */
export async function findEdgeHolders(
  db: Pick<Database, "query">,
  parts: readonly Part[],
  schema: Schema,
): Promise<ReadonlySet<string>> {
  const touches = parts.flatMap(({ statements }) => statements.flatMap((one) => one.touches));
  const takesRecords = touches.some((touch) => touch.effect === "remove" || mayWrite(touch));
  if (!takesRecords) return new Set();
  const facts = tableFacts(schema, touches);
  const tables = facts.tables.filter((table) => facts.edges(table) === "some");
  if (tables.length === 0) return new Set();
  const answers = await db.query(tables.map((one) => `RETURN ${mayHoldEdges(one)}`).join(";\n"));
  return new Set(tables.filter((_, position) => answers[position] !== false));
}
