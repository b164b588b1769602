import { clausesOf } from "@surql/surrealql";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { compareSnapshots, createSnapshot } from "../src/index.ts";
import type {
  Definitions,
  SchemaChange,
  SchemaDifference,
  SchemaSnapshot,
  TableSnapshot,
} from "../src/index.ts";
import { corpus } from "./corpus.ts";
import { define, openDatabase } from "./open-database.ts";

/** Every definition of the corpus alone, so that any part of them makes a schema. */
let everything: SchemaSnapshot;
const part = fc.infiniteStream(fc.integer({ min: 0, max: 5 }));

beforeAll(async () => {
  await using db = await openDatabase();
  await define(db, corpus.flat());
  everything = await createSnapshot(db, { version: "all" });
});

/** The same schema with some definitions left out, some changed, and some tables turned into edges. */
function vary(choices: Iterator<number>): SchemaSnapshot {
  const chooses = (number: number): boolean => choices.next().value === number;
  const varied = (definitions: Definitions): Definitions =>
    Object.fromEntries(
      Object.entries(definitions)
        .filter(() => !chooses(0))
        .map(([name, text]) => [name, chooses(0) ? `${text} COMMENT 'varied'` : text]),
    );
  const tables: [string, TableSnapshot][] = [];
  const edges: [string, TableSnapshot][] = [];
  for (const [name, table] of Object.entries({ ...everything.tables, ...everything.edges })) {
    if (chooses(0)) continue;
    const { definition } = varied({ definition: table.definition });
    const { fields, indexes, events } = table;
    (chooses(0) ? edges : tables).push([
      name,
      {
        definition: definition ?? table.definition,
        fields: varied(fields),
        indexes: varied(indexes),
        events: varied(events),
        other: chooses(0) ? { watchers: { one: "DEFINE WATCHER one" } } : undefined,
        unreadable: chooses(0) ? "conversion error" : undefined,
      },
    ]);
  }
  const objects = Object.entries(everything.objects).map(([kind, all]) => [kind, varied(all)]);
  return {
    ...everything,
    tables: Object.fromEntries(tables),
    edges: Object.fromEntries(edges),
    objects: Object.fromEntries(objects) as SchemaSnapshot["objects"],
  };
}

test("nothing differs from itself", () => {
  const copy = JSON.parse(JSON.stringify(everything)) as SchemaSnapshot;
  expect(compareSnapshots(everything, { ...copy, version: "copy" })).toEqual({
    from: "all",
    to: "copy",
    identical: true,
    changes: [],
  });
});

test("one way is the mirror of the other, sorted, and every modification says what changed", () => {
  fc.assert(
    fc.property(part, part, (one, other) => {
      const a = vary(one);
      const b = vary(other);
      const difference = compareSnapshots(a, b);
      expect(compareSnapshots(b, a)).toStrictEqual(mirrored(difference));
      expect(difference.identical).toBe(difference.changes.length === 0);
      const keys = difference.changes.map(({ path, kind }) => `${path}\0${kind}`);
      expect(keys).toEqual([...keys].sort());
      for (const { change, attributes } of difference.changes) {
        expect(attributes !== undefined && attributes.length > 0).toBe(change === "modified");
      }
    }),
    { seed: 20260109, numRuns: 40 },
  );
});

test("the clauses of every definition are understood", () => {
  const members = Object.values({ ...everything.tables, ...everything.edges }).flatMap(
    ({ definition, fields, indexes, events }) => [
      definition,
      ...[fields, indexes, events].flatMap((definitions) => Object.values(definitions)),
    ],
  );
  const others = Object.values(everything.objects).flatMap((kind) => Object.values(kind));
  for (const text of [...members, ...others]) expect(clausesOf(text)[""], text).toBeUndefined();
});

test("what is added to nothing is everything", () => {
  const nothing = { ...everything, version: "none", tables: {}, edges: {}, objects: {} };
  const { changes } = compareSnapshots(nothing, everything);
  const tables = Object.values({ ...everything.tables, ...everything.edges });
  expect(changes).toHaveLength(
    tables.length +
      count(tables.flatMap(({ fields, indexes, events }) => [fields, indexes, events])) +
      count(Object.values(everything.objects)),
  );
  expect(new Set(changes.map(({ path, kind }) => `${kind} ${path}`)).size).toBe(changes.length);
});

function mirrored({ from, to, identical, changes }: SchemaDifference): SchemaDifference {
  const opposite = { added: "removed", removed: "added", modified: "modified" } as const;
  const mirror = ({
    change,
    before,
    after,
    attributes,
    ...subject
  }: SchemaChange): SchemaChange => ({
    change: opposite[change],
    ...subject,
    ...(after === undefined ? {} : { before: after }),
    ...(before === undefined ? {} : { after: before }),
    ...(attributes === undefined
      ? {}
      : {
          attributes: attributes.map((attribute) => ({
            attribute: attribute.attribute,
            before: attribute.after,
            after: attribute.before,
          })),
        }),
  });
  return { from: to, to: from, identical, changes: changes.map(mirror) };
}

const count = (values: readonly object[]): number =>
  values.reduce((sum, value) => sum + Object.keys(value).length, 0);
