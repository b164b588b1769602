import type { Migration } from "@surql/migration";
import { objectKey, type SchemaObject } from "@surql/safety-analyzer";
import { readingOf, type Statement } from "@surql/surrealql";

/** Whether the text of statements names an object. A loop may change it without. Pure. */
export function names(statements: readonly Statement[], object: SchemaObject): boolean {
  const key = objectKey(object);
  return statements.some((statement) =>
    readingOf(statement).touches.some(
      (touch) => "object" in touch && objectKey(touch.object) === key,
    ),
  );
}

/** The tables whose records the `up` scripts write to, as far as their text tells. Pure. */
export function tablesWritten(migrations: readonly Migration[]): ReadonlySet<string> {
  return new Set(
    migrations
      .flatMap(({ up }) => up)
      .flatMap((statement) => readingOf(statement).touches)
      .flatMap((touch) => (touch.effect === "write" ? (touch.tables ?? []) : [])),
  );
}
