import { captureSchema, schemaChecksum } from "@surql/snapshot";
import fc from "fast-check";
import { expect, it } from "vitest";
import { connect, type Database } from "@surql/connection";
import { migrationBetween, nameRenames } from "../../src/index.ts";

/** Types of fields that hold links to a table, and values; `T` stands for the table. */
const kinds = [
  { type: "record<T>", values: ["T:1", "T:gone"] },
  { type: "option<record<T | tag>>", values: ["T:[1, 'x']", "tag:1", "NONE"] },
  { type: "array<record<T>>", values: ["[]", "[T:1, T:abc, T:1]"] },
  { type: "option<set<record<T> | int>>", values: ["<set>[T:1, 2]", "NONE"] },
  { type: "array<array<record<T>> | string>", values: ["[[T:1], 'T:1', [T:[1, 'x'], T:abc]]"] },
  { type: "{ a: record<T>, b: option<int> } | null", values: ["{ a: T:1, b: 1 }", "NULL"] },
  { type: "[record<T>, string]", values: ["[T:1, 'T:1']"] },
  { type: "record", values: ["T:1", "tag:1", "other:1"] },
  { type: "option<record<T>> REFERENCE ON DELETE CASCADE", values: ["T:1", "NONE"] },
  { type: "option<array<record<T>>> REFERENCE ON DELETE REJECT", values: ["[T:1]", "[]", "NONE"] },
  { type: "object", inner: { owner: "option<record<T>>" }, values: ["{ owner: T:1 }", "{}"] },
  {
    type: "array<object>",
    inner: { "*.who": "record<T>", "*.n": "int" },
    values: ["[{ who: T:1, n: 1 }]", "[]"],
  },
  {
    type: "option<object>",
    inner: { a: "object", "a.`odd-name`": "array<record<T>>" },
    values: ["{ a: { `odd-name`: [T:1] } }", "NONE"],
  },
  { type: "string READONLY", values: ["'T:1'"] },
] as const;

const field = fc.nat(kinds.length - 1).chain((kind) =>
  fc.record({
    kind: fc.constant(kinds[kind]!),
    values: fc.array(fc.constantFrom(...kinds[kind]!.values), { minLength: 3, maxLength: 3 }),
  }),
);
const table = fc.record({
  isFull: fc.boolean(),
  hasEvent: fc.boolean(),
  hasStamp: fc.boolean(),
  fields: fc.array(field, { maxLength: 3 }),
});
const cases = fc.record({
  person: table,
  post: table,
  likes: table,
  /** Of the relation: both ends said, one of them with another table too, or none. */
  ends: fc.constantFrom(" IN T OUT post", " IN T | post OUT T", " IN post OUT T ENFORCED", ""),
  isIndexed: fc.boolean(),
  isEdgeRenamed: fc.boolean(),
  isPostRenamed: fc.boolean(),
});
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;
type Table = Case["post"];

/** What a text says with the names of a side. */
function named(text: string, { isEdgeRenamed, isPostRenamed }: Case, side: 0 | 1): string {
  const names =
    side === 0
      ? ["person", "post", "likes"]
      : ["human", isPostRenamed ? "article" : "post", isEdgeRenamed ? "admires" : "likes"];
  return text
    .replaceAll(/\bT\b/g, names[0]!)
    .replaceAll(/\bpost\b/g, names[1]!)
    .replaceAll(/\blikes\b/g, names[2]!);
}

function tableDefinitions(
  name: string,
  type: string,
  { isFull, hasEvent, hasStamp, fields }: Table,
): string {
  return [
    `DEFINE TABLE ${name} ${type} ${isFull ? "SCHEMAFULL" : "SCHEMALESS"};`,
    hasStamp
      ? `DEFINE FIELD stamp ON ${name} TYPE string VALUE rand::string(9); DEFINE FIELD n ON ${name} TYPE int DEFAULT ALWAYS 7; DEFINE FIELD c ON ${name} COMPUTED id;`
      : "",
    hasEvent ? `DEFINE EVENT seen ON ${name} THEN { CREATE log };` : "",
    ...fields.flatMap(({ kind }, at) => [
      `DEFINE FIELD f${at} ON ${name} TYPE ${kind.type};`,
      ...("inner" in kind ? Object.entries(kind.inner) : []).map(
        ([path, inner]) => `DEFINE FIELD f${at}.${path} ON ${name} TYPE ${inner};`,
      ),
    ]),
  ].join("\n");
}

function definitions(one: Case, side: 0 | 1): string {
  const text = [
    "DEFINE TABLE log; DEFINE TABLE tag; DEFINE TABLE other;",
    tableDefinitions("T", "TYPE NORMAL", one.person),
    tableDefinitions("post", "TYPE NORMAL", one.post),
    tableDefinitions("likes", `TYPE RELATION${one.ends}`, one.likes),
    one.isIndexed ? "DEFINE INDEX ends ON likes FIELDS in, out UNIQUE;" : "",
  ].join("\n");
  return named(text, one, side);
}

function set({ fields }: Table, row: number): string {
  return fields.map(({ values }, at) => `f${at} = ${values[row]}`).join(", ") || "f9 = NONE";
}

function records(one: Case): string {
  const ends =
    {
      " IN T OUT post": ["T:1->", "post:0"],
      " IN T | post OUT T": ["post:0->", "T:1"],
      " IN post OUT T ENFORCED": ["post:1->", "T:abc"],
      "": ["T:1->", "T:1"],
    }[one.ends] ?? [];
  const [from = "", to = ""] = ends;
  const text = [
    ...["1", "abc", "[1, 'x']"].map((key, row) => `CREATE T:${key} SET ${set(one.person, row)};`),
    ...[0, 1, 2].map((row) => `CREATE post:${row} SET ${set(one.post, row)};`),
    `RELATE ${from}likes:7->${to} SET ${set(one.likes, 0)};`,
    `RELATE ${from.replace(/:\w+/, ":2").replace("T:2", "T:[1, 'x']")}likes:[1, { a: 'é' }]->${to} SET ${set(one.likes, 1)};`,
    "DELETE log;",
  ].join("\n");
  return named(text, one, 0);
}

/** Every record with the edges that are reached from it, as text that shows all types apart. */
async function everything(db: Database, one: Case, side: 0 | 1): Promise<readonly string[]> {
  const lists = ["T", "post", "likes", "log", "tag", "other"].map(
    (name) =>
      `(SELECT VALUE [<string> id, <string> [$this], <string> [array::sort(->?), array::sort(<-?)]] FROM ${named(name, one, side)})`,
  );
  const links = one.post.fields.some(({ kind }) => kind.type.includes("REFERENCE"))
    ? named("RETURN [<string> T:1<~post.map(|$one| $one.id)]", one, side)
    : "RETURN 1";
  const [rows, found] = await db.query(`RETURN [${lists.join(", ")}].flatten(); ${links}`);
  return [
    ...(rows as readonly (readonly string[])[]).map((row) => row.join(" ")),
    String(found),
  ].toSorted();
}

async function openScratch() {
  return connect({ url: "mem://", namespace: "n", database: "d" });
}

/** What only reads like a link stays as it is. */
function strings(rows: readonly string[]): readonly string[] {
  return rows.map((row) => row.replaceAll(/'(?:person|human):1'/g, "'T:1'")).toSorted();
}

it("leads all links and edges to the new names of tables, and back, and changes nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (one) => {
      await using db = await openScratch();
      await using target = await openScratch();
      await db.query(definitions(one, 0));
      await target.query(definitions(one, 1));
      const [before, after] = [await captureSchema(db), await captureSchema(target)];
      await db.query(records(one));
      const renames = [
        { from: "person", to: "human" },
        ...(one.isPostRenamed ? [{ from: "post", to: "article" }] : []),
        ...(one.isEdgeRenamed ? [{ from: "likes", to: "admires" }] : []),
      ];
      const { up, down } = migrationBetween(before, after, nameRenames(before, after, renames));
      expect(up.notMoved.filter(({ reason }) => reason.startsWith("still"))).toEqual([]);
      const was = await everything(db, one, 0);

      await db.transact(up.statements.map(({ text }) => ({ text })));
      expect(schemaChecksum(await captureSchema(db))).toBe(schemaChecksum(after));
      const wanted = was.map((row) => named(row.replaceAll(/\bperson\b(?=:)/g, "T"), one, 1));
      expect(strings(await everything(db, one, 1))).toEqual(strings(wanted));
      await db.transact(down.statements.map(({ text }) => ({ text })));
      expect(schemaChecksum(await captureSchema(db))).toBe(schemaChecksum(before));
      expect(await everything(db, one, 0)).toEqual(was);
    }),
    { seed: 1, numRuns: 60 },
  );
}, 60_000);
