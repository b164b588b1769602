import { clausesOf } from "@surql/surrealql";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { compareSnapshots, createSnapshot } from "../src/index.ts";
import type { SchemaChange, SchemaDifference, SchemaSnapshot } from "../src/index.ts";
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

/** The same schema, with some definitions left out and some changed. */
function vary(choices: Iterator<number>): SchemaSnapshot {
  const walk = (value: unknown): unknown => {
    if (typeof value === "string")
      return choices.next().value === 0 ? `${value} COMMENT 'varied'` : value;
    const kept = Object.entries(value as object).filter(
      ([name]) =>
        ["definition", "fields", "indexes", "events"].includes(name) || choices.next().value !== 1,
    );
    return Object.fromEntries(kept.map(([name, member]) => [name, walk(member)]));
  };
  const { tables, edges, objects } = everything;
  const schema = walk({ tables, edges, objects }) as Pick<
    SchemaSnapshot,
    "tables" | "edges" | "objects"
  >;
  return { ...everything, ...schema };
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
  for (const text of [...members, ...others])
    expect(clausesOf(text), text).not.toHaveProperty([""]);
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
