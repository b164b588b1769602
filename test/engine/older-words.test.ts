import { afterAll, expect, test } from "vitest";
import {
  alignSchema,
  canonicalSchema,
  captureSchema,
  compareSchemas,
  connect,
  type Database,
  type Schema,
} from "surql";
import { openOlderEngine } from "../server/open-older-engine.ts";

/** Clauses of a field of a SCHEMAFULL table that mean the same in 2.6 and 3.0; one text where both read it. */
const ofFields: readonly (readonly [older: string, newer?: string])[] = [
  ["FLEXIBLE TYPE object", "TYPE object FLEXIBLE"],
  [
    "FLEXIBLE TYPE array<object>",
    "TYPE array<object> FLEXIBLE; DEFINE FIELD OVERWRITE f.* ON post TYPE object FLEXIBLE",
  ],
  ["FLEXIBLE TYPE string", "TYPE string"],
  ["FLEXIBLE TYPE any", "TYPE any"],
  ["VALUE <future> { 1 + 2 }", "COMPUTED { 1 + 2 }"],
  ["TYPE int VALUE <future> { 1 + 2 } COMMENT 'three'", "TYPE int COMPUTED 1 + 2 COMMENT 'three'"],
  ["READONLY VALUE <future> { time::now() }", "COMPUTED time::now()"],
  ["VALUE <future> { LET $x = 1; RETURN $x }", "COMPUTED { LET $x = 1; RETURN $x }"],
  ["TYPE point", "TYPE geometry<point>"],
  ["TYPE geometry<feature>", "TYPE geometry"],
  ["TYPE geometry<point|multipolygon>"],
  ["TYPE option<record<user | post>> REFERENCE ON DELETE CASCADE"],
  ["TYPE set<int, 5> DEFAULT ALWAYS [1, 2]"],
  ["TYPE { a: string, 'c d': option<[int, 'x']> }"],
  ['TYPE string | int | null READONLY DEFAULT 1.50dec COMMENT "it\'s"'],
  ["PERMISSIONS FOR delete NONE FOR update WHERE a = 1", "PERMISSIONS FOR update WHERE a = 1"],
  ["ASSERT type::is::int($value)", "ASSERT type::is_int($value)"],
  [
    "ASSERT string::is::email($value) AND !geo::is::valid(a)",
    "ASSERT string::is_email($value) AND !geo::is_valid(a)",
  ],
  [
    "VALUE type::thing('user', time::from::unix(1))",
    "VALUE type::record('user', time::from_unix(1))",
  ],
  [
    "VALUE duration::from::days(1) + string::distance::osa_distance('a', 'b')",
    "VALUE duration::from_days(1) + string::distance::osa('a', 'b')",
  ],
  [
    "VALUE [rand::guid(5), rand(), rand::uuid::v7()]",
    "VALUE [rand::id(5), rand(), rand::uuid::v7()]",
  ],
  ["VALUE o?.a + o.b?[0]", "VALUE o.?.a + o.b.?[0]"],
  ["VALUE ->likes->?.name ?? ($x ?: 2)"],
  ["VALUE (SELECT * FROM user TIMEOUT 5s PARALLEL)", "VALUE (SELECT * FROM user TIMEOUT 5s)"],
  ["VALUE tags[*].a[WHERE b = 1]", "VALUE tags.*.a[? b = 1]"],
  ["VALUE [user:⟨a b⟩, user:⟨123⟩, r'user:1', user:[1, { a: 2 }]]"],
  ["VALUE 'both \\' and \"' + /a\\/b/ + 1e3 + <string> $x"],
  ["VALUE |$a: int| { $a + 1 }"],
  ["VALUE IF $x THEN 1 ELSE 2 END"],
];

/** The same for whole definitions. */
const definitions: readonly (readonly [older: string, newer?: string])[] = [
  [
    "INDEX i ON post FIELDS body SEARCH ANALYZER a BM25 HIGHLIGHTS",
    "INDEX i ON post FIELDS body FULLTEXT ANALYZER a BM25 HIGHLIGHTS",
  ],
  [
    "INDEX i ON post FIELDS body SEARCH ANALYZER a BM25(1.5,0.5) DOC_IDS_ORDER 50 COMMENT 'x'",
    "INDEX i ON post FIELDS body FULLTEXT ANALYZER a BM25(1.5,0.5) COMMENT 'x'",
  ],
  [
    "INDEX i ON post COLUMNS tags[*], o.`a b` UNIQUE",
    "INDEX i ON post FIELDS tags.*, o.`a b` UNIQUE",
  ],
  ["INDEX i ON post FIELDS v HNSW DIMENSION 4 DIST MINKOWSKI 3 TYPE I16 M 8"],
  [
    "EVENT e ON post THEN { CREATE type::thing('a', $x) }",
    "EVENT e ON post THEN { CREATE type::record('a', $x) }",
  ],
  [
    "FUNCTION fn::x($a: option<int>) { type::is::none($a) ?? 'type::is::none' }",
    "FUNCTION fn::x($a: option<int>) { type::is_none($a) ?? 'type::is::none' }",
  ],
  ["FUNCTION fn::type::is::x() -> option<int> { fn::type::is::x() }"],
  [
    "TABLE t AS SELECT type::is::int(a) AS x FROM user",
    "TABLE t AS SELECT type::is_int(a) AS x FROM user",
  ],
  [
    "TABLE t CHANGEFEED 90m INCLUDE ORIGINAL PERMISSIONS FOR select WHERE type::is::int(x)",
    "TABLE t CHANGEFEED 1h30m INCLUDE ORIGINAL PERMISSIONS FOR select WHERE type::is_int(x)",
  ],
  ["TABLE t TYPE RELATION IN user OUT post|user ENFORCED"],
  ["PARAM $p VALUE { inf: [1e400, -1e400], b: 'inf' } PERMISSIONS WHERE inf = 1"],
  ["PARAM $p VALUE { a: [1f, 3dec], c: user:⟨a-b⟩, d: d'2026-01-01T00:00:00Z', e: 9d }"],
  ["ANALYZER z FUNCTION fn::x TOKENIZERS blank FILTERS snowball(english), ngram(1,3)"],
  [
    "ACCESS z ON DATABASE TYPE RECORD SIGNIN (SELECT * FROM user WHERE string::is::email(e))",
    "ACCESS z ON DATABASE TYPE RECORD SIGNIN (SELECT * FROM user WHERE string::is_email(e))",
  ],
  ["ACCESS z ON DATABASE TYPE BEARER FOR RECORD DURATION FOR GRANT 10d"],
  ["USER z ON DATABASE PASSHASH 'x' ROLES EDITOR DURATION FOR TOKEN 1h, FOR SESSION 1d"],
];

/** What looks alike and means something else. */
const others: readonly (readonly [older: string, newer: string])[] = [
  [
    "INDEX i ON post FIELDS body SEARCH ANALYZER a BM25",
    "INDEX i ON post FIELDS body FULLTEXT ANALYZER a BM25 HIGHLIGHTS",
  ],
  [
    "INDEX i ON post FIELDS body SEARCH ANALYZER a BM25",
    "INDEX i ON post FIELDS body FULLTEXT ANALYZER a BM25(1.2,0.8)",
  ],
  [
    "INDEX i ON post FIELDS body SEARCH ANALYZER a VS",
    "INDEX i ON post FIELDS body FULLTEXT ANALYZER a BM25",
  ],
  ["INDEX i ON post FIELDS body SEARCH ANALYZER a BM25", "INDEX i ON post FIELDS body"],
  ["INDEX i ON post FIELDS v MTREE DIMENSION 4", "INDEX i ON post FIELDS v HNSW DIMENSION 4"],
  ["FIELD f ON post FLEXIBLE TYPE object", "FIELD f ON post TYPE object"],
  ["FIELD f ON post FLEXIBLE TYPE array<object>", "FIELD f ON post TYPE array<object> FLEXIBLE"],
  ["FIELD f ON post FLEXIBLE", "FIELD f ON post"],
  ["FIELD f ON post VALUE <future> { 1 + 2 }", "FIELD f ON post VALUE 1 + 2"],
  ["FIELD f ON post VALUE <future> { 1 + 2 }", "FIELD f ON post COMPUTED 1 + 3"],
  ["FIELD f ON post VALUE 1", "FIELD f ON post COMPUTED 1"],
  ["FIELD f ON post READONLY VALUE 1", "FIELD f ON post VALUE 1"],
  ["FIELD f ON post TYPE geometry<feature>", "FIELD f ON post TYPE geometry<point>"],
  ["FIELD f ON post ASSERT type::is::int($value)", "FIELD f ON post ASSERT type::is_float($value)"],
  ["PARAM $p VALUE 1e400", "PARAM $p VALUE NONE"],
  ["PARAM $p VALUE 1e400", "PARAM $p VALUE -1e400"],
  ["FIELD f ON post VALUE 'type::thing'", "FIELD f ON post VALUE 'type::record'"],
  ["FIELD f ON post ASSERT $value ~ 'x'", "FIELD f ON post ASSERT $value = 'x'"],
  ["FIELD f ON post VALUE o?.a", "FIELD f ON post VALUE o.a"],
  ["FIELD f ON post VALUE PARALLEL + 1", "FIELD f ON post VALUE +1"],
  ["FIELD f ON post PERMISSIONS FOR update NONE", "FIELD f ON post PERMISSIONS FOR create NONE"],
];

const around = `DEFINE TABLE user SCHEMAFULL; DEFINE TABLE post SCHEMAFULL; DEFINE ANALYZER a TOKENIZERS blank;
  DEFINE FIELD body ON post TYPE string; DEFINE FIELD v ON post TYPE array<float>;
  DEFINE FIELD tags ON post TYPE array<string>; DEFINE FIELD o ON post TYPE object`;
const [older, newer] = [await openOlderEngine(), await openNewer()];
afterAll(async () => {
  await older.close();
  await newer.close();
});

function openNewer(): Promise<Database> {
  return connect({ url: "mem://", namespace: "test", database: "test" });
}

async function captured(db: Database, definition: string, before = around): Promise<Schema> {
  await db.query(`REMOVE DATABASE IF EXISTS test; DEFINE DATABASE test; ${before}; ${definition}`);
  return captureSchema(db);
}

async function differing(one: Schema, other: Schema): Promise<readonly string[]> {
  const aligned = await alignSchema(one, other, () => newer.openScratch());
  return compareSchemas(aligned, other).map(({ path }) => path);
}

const onPost = (clauses: string) => `FIELD f ON post ${clauses}`;
test.each([
  ...ofFields.map(([one, other = one]) => [onPost(one), onPost(other)]),
  ...definitions.map(([one, other = one]) => [one, other]),
] as const)("%s of 2.6 is %s of 3.0", async (one, other) => {
  const then = await captured(older, `DEFINE ${one}`);
  const now = await captured(newer, `DEFINE ${other}`);

  expect(await differing(then, now)).toEqual([]);
  expect(await differing(now, then)).toEqual([]);
});

test.each(others)("%s of 2.6 is not %s of 3.0", async (one, other) => {
  const then = await captured(older, `DEFINE ${one}`);
  const now = await captured(newer, `DEFINE ${other}`);

  expect(await differing(then, now)).not.toEqual([]);
  expect(await differing(now, then)).not.toEqual([]);
});

test("FLEXIBLE says nothing in a table of 2.6 that is not SCHEMAFULL, and 3.0 refuses it there", async () => {
  const table = "DEFINE TABLE free";
  const then = await captured(older, "DEFINE FIELD o ON free FLEXIBLE TYPE object", table);
  const now = await captured(newer, "DEFINE FIELD o ON free TYPE object", table);

  expect(await differing(then, now)).toEqual([]);
  await using scratch = await newer.openScratch();
  const { tables } = await canonicalSchema(then, scratch);
  await newer.query(`REMOVE FIELD o ON free; ${tables["free"]?.fields["o"]}`);
  expect(await differing(now, await captureSchema(newer))).toEqual([]);
});

test("2.0 printed what a field permits on delete", async () => {
  const now = await captured(newer, "DEFINE FIELD f ON post PERMISSIONS FOR update NONE");
  const printed = JSON.stringify(now).replace("FOR update NONE", "FOR update, delete NONE");
  const then = JSON.parse(printed) as Schema;

  expect(compareSchemas(then, now)).toHaveLength(1);
  expect(await differing(then, now)).toEqual([]);
});
