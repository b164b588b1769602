import fc from "fast-check";
import { anyTableName, fieldName, fieldPath, tableName } from "./names.ts";
import { action, computation, fieldClauses, tableClauses } from "./random-clauses.ts";

/** How a definition meets one that is there. */
export type Mode = "" | "OVERWRITE" | "IF NOT EXISTS";

/** One `DEFINE` of any kind that a schema is made of. */
export function randomDefinition(mode: fc.Arbitrary<Mode>): fc.Arbitrary<string> {
  return fc.oneof(
    {
      weight: 3,
      arbitrary: join(fc.constant("DEFINE TABLE"), mode, tableName, tableClauses),
    },
    {
      weight: 8,
      arbitrary: join(
        fc.constant("DEFINE FIELD"),
        mode,
        fieldPath,
        anyTableName.map((table) => `ON ${table}`),
        fieldClauses,
      ),
    },
    {
      weight: 2,
      arbitrary: join(
        fc.constant("DEFINE INDEX"),
        mode,
        fc.constantFrom("i1", "i2"),
        tableName.map((table) => `ON ${table}`),
        fc.oneof(
          fieldName.map((field) => `FIELDS ${field}`),
          fc.tuple(fieldName, fieldName).map(([a, b]) => `FIELDS ${a}, ${b}`),
        ),
        fc.constantFrom("", "UNIQUE"),
      ),
    },
    {
      weight: 1,
      arbitrary: join(
        fc.constant("DEFINE EVENT"),
        mode,
        fc.constantFrom("e1", "e2"),
        anyTableName.map((table) => `ON ${table}`),
        fc.constantFrom("", "WHEN $event = 'CREATE'", "WHEN $event = 'UPDATE'", "WHEN true"),
        action.map((body) => `THEN { ${body} }`),
      ),
    },
    {
      weight: 1,
      arbitrary: join(
        fc.constant("DEFINE FUNCTION"),
        mode,
        fc.constantFrom("fn::helper", "fn::outer"),
        action.map((body) => `() { ${body} }`),
        fc.constantFrom("", "PERMISSIONS NONE", "PERMISSIONS FULL"),
      ),
    },
    {
      weight: 2,
      arbitrary: join(
        fc.constant("DEFINE FUNCTION"),
        mode,
        fc.constantFrom("fn::ok", "fn::ok", "fn::shape"),
        computation.map((body) => `($v: any) { ${body} }`),
      ),
    },
    {
      weight: 1,
      arbitrary: join(
        fc.constant("DEFINE PARAM"),
        mode,
        fc.constant("$limit VALUE"),
        fc.constantFrom("1", "2", "(DELETE t1)", "fn::helper()"),
        fc.constantFrom("", "PERMISSIONS NONE"),
      ),
    },
    {
      weight: 1,
      arbitrary: join(
        fc.constant("DEFINE"),
        fc.constantFrom("ANALYZER", "SEQUENCE"),
        mode,
        fc.constantFrom("helper", "other"),
      ),
    },
  );
}

/** The relation, as a table of its own kind. */
export function relationDefinition(mode: fc.Arbitrary<Mode>): fc.Arbitrary<string> {
  return join(
    fc.constant("DEFINE TABLE"),
    mode,
    fc.constant("likes TYPE RELATION"),
    fc.constantFrom("", "IN t1 OUT t2", "FROM t1 TO t2 | t3", "ENFORCED"),
  );
}

/** One of each, with spaces in between. */
export function join(...parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc.tuple(...parts).map((words) => words.filter(Boolean).join(" "));
}
