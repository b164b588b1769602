import { significantTokens } from "@surql/surrealql";
import type { Clauses } from "./live-schema.ts";

/** The columns of an index definition, without white space and comments: `["email", "address.city"]`. */
export function indexColumns(clauses: Clauses): readonly string[] {
  const text = clauses["FIELDS"] ?? clauses["COLUMNS"] ?? "";
  const columns = significantTokens(text)
    .map((token) => token.text)
    .join("")
    .split(",");
  return columns.filter((column) => column !== "");
}
