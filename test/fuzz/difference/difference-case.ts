import fc from "fast-check";
import { joinClauses } from "./join-clauses.ts";
import { fieldPath, tableName } from "./names.ts";
import { fieldClauses } from "./random-field.ts";
import { eventClauses, indexClauses } from "./random-members.ts";
import { objectKinds } from "./random-objects.ts";
import { tableClauses } from "./random-table.ts";

/** What one object is in two schemas: the same, something else, or missing in one of them. */
interface Entry {
  readonly object: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Two schemas, by the statements that define them; one that the engine refuses defines nothing. */
export interface DifferenceCase {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Whether the tables of the first hold records. */
  readonly withRecords: boolean;
}

const fates = ["same", "same", "changed", "changed", "changed", "added", "removed"] as const;

function entries(
  objects: fc.Arbitrary<string>,
  clauses: fc.Arbitrary<string>,
): fc.Arbitrary<Entry> {
  return fc
    .record({ object: objects, one: clauses, other: clauses, fate: fc.constantFrom(...fates) })
    .map(({ object, one, other, fate }) => ({
      object,
      before: fate === "added" ? undefined : `DEFINE ${object} ${one}`.trimEnd(),
      after:
        fate === "removed"
          ? undefined
          : `DEFINE ${object} ${fate === "same" ? one : other}`.trimEnd(),
    }));
}

const on = tableName.map((table) => `ON ${table}`);

/** What no definition alone leads to: fields that the engine adds by itself are taken away, a table is loosened under its fields. */
const changes: fc.Arbitrary<Entry> = fc
  .record({
    object: fc.oneof(
      joinClauses(
        fc.constant("REMOVE FIELD IF EXISTS"),
        fc.constantFrom("tags.*", "matrix.*", "matrix.*.*", "in", "out"),
        on,
      ),
      tableName.map((table) => `ALTER TABLE ${table} SCHEMALESS`),
    ),
    fate: fc.constantFrom(...fates),
  })
  .map(({ object, fate }) => ({
    object,
    before: fate === "added" ? undefined : object,
    after: fate === "removed" ? undefined : object,
  }));

const entry = fc.oneof(
  {
    weight: 7,
    arbitrary: entries(
      tableName.map((name) => `TABLE ${name}`),
      tableClauses,
    ),
  },
  { weight: 9, arbitrary: entries(joinClauses(fc.constant("FIELD"), fieldPath, on), fieldClauses) },
  { weight: 1, arbitrary: changes },
  {
    weight: 3,
    arbitrary: entries(
      joinClauses(fc.constantFrom("INDEX first", "INDEX `a.b`", "INDEX order"), on),
      indexClauses,
    ),
  },
  {
    weight: 2,
    arbitrary: entries(
      joinClauses(fc.constantFrom("EVENT log", "EVENT `my event`"), on),
      eventClauses,
    ),
  },
  ...objectKinds.map(({ names, clauses }) => ({
    weight: 1,
    arbitrary: entries(fc.constantFrom(...names), clauses),
  })),
);

/** Over records no index can be built whose analyzer is missing, or the function of that. */
const ground = [
  "DEFINE FUNCTION fn::prepare($text: string) { $text }",
  "DEFINE ANALYZER IF NOT EXISTS simple TOKENIZERS class",
  "DEFINE ANALYZER IF NOT EXISTS stems TOKENIZERS class",
];

/** What the others need stands before them; views stand twice, as one may read another. */
const stages: readonly RegExp[] = [
  /^DEFINE (FUNCTION|PARAM|ANALYZER|SEQUENCE)/,
  /^DEFINE TABLE (?!.* AS SELECT)/,
  /^DEFINE TABLE .* AS SELECT/,
  /^DEFINE TABLE .* AS SELECT/,
  /^DEFINE FIELD/,
  /^REMOVE FIELD/,
  /^ALTER TABLE/,
  /^DEFINE (INDEX|EVENT|ACCESS|USER|API|CONFIG)/,
];

/** Two schemas of every kind and clause, of 3 to 25 objects, of which some are in both. */
export const differenceCase: fc.Arbitrary<DifferenceCase> = fc
  .record({
    entries: fc.uniqueArray(entry, {
      selector: ({ object }) => object,
      minLength: 3,
      maxLength: 25,
      size: "max",
    }),
    withRecords: fc.integer({ max: 9, min: 0 }).map((of) => of === 9),
  })
  .map(({ entries: all, withRecords }) => {
    const needed = withRecords ? ground : [];
    return {
      before: inStages([...all.flatMap(({ before }) => before ?? []), ...needed]),
      after: inStages([...all.flatMap(({ after }) => after ?? []), ...needed]),
      withRecords,
    };
  });

function inStages(texts: readonly string[]): readonly string[] {
  const possible = texts.filter((text) => !readsItself(text));
  return stages.flatMap((stage) => possible.filter((text) => stage.test(text)));
}

/** The engine takes a view that reads itself, and never removes it again (measured on 3.0.2). */
function readsItself(text: string): boolean {
  const [, name, sources] = /^DEFINE TABLE (`.*?`|\w+) .*? FROM (`.*?`.*|\w+.*)/.exec(text) ?? [];
  const read = sources?.split(/ (?=WHERE|GROUP|PERMISSIONS|COMMENT)/)[0]?.split(", ");
  return name !== undefined && read?.includes(name) === true;
}

/** Writes a case so that it can be run by hand. */
export function showCase({ before, after, withRecords }: DifferenceCase): string {
  return `-- before${withRecords ? ", with records" : ""}\n${asText(before)}-- after\n${asText(after)}`;
}

function asText(statements: readonly string[]): string {
  return statements.map((text) => `${text};\n`).join("");
}
