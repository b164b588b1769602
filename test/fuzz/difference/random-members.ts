import fc from "fast-check";
import { comment, joinClauses, maybe } from "./join-clauses.ts";
import { indexedField } from "./names.ts";

/** What can stand behind `DEFINE INDEX i ON t`. */
export const indexClauses: fc.Arbitrary<string> = joinClauses(
  fc.oneof(
    indexedField.map((field) => `FIELDS ${field}`),
    indexedField.map((field) => `COLUMNS ${field} UNIQUE`),
    fc.constant("FIELDS name, age UNIQUE"),
    fc.constant("COUNT"),
    fc
      .tuple(
        fc.constantFrom("simple", "stems"),
        maybe("BM25", "BM25(1.5, 0.5)"),
        maybe("HIGHLIGHTS"),
      )
      .map((words) => `FIELDS body FULLTEXT ANALYZER ${words.filter(Boolean).join(" ")}`),
    fc
      .constantFrom("DIST COSINE", "TYPE F32", "DIST EUCLIDEAN TYPE F64 EFC 100 M 8")
      .map((options) => `FIELDS vector HNSW DIMENSION 2 ${options}`),
  ),
  comment,
);

/** What can stand behind `DEFINE EVENT e ON t`. */
export const eventClauses: fc.Arbitrary<string> = joinClauses(
  maybe("ASYNC", "ASYNC RETRY 2 MAXDEPTH 4"),
  maybe("WHEN $event = 'CREATE'", "WHEN $before.name != $after.name"),
  fc.constantFrom(
    "THEN {}",
    "THEN (CREATE log)",
    "THEN { CREATE log; CREATE log }",
    "THEN (CREATE log), (CREATE log SET n = 2)",
  ),
  comment,
);
