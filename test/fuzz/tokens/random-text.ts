import fc from "fast-check";
import { randomDatabase } from "../safety/random-database.ts";
import { randomDown } from "../safety/random-down.ts";

/** Statements that are full of what begins, ends or hides something. */
const rich = [
  "DEFINE FUNCTION fn::f($a: option<int>) { IF $a / 2 > 1 { RETURN /a;}/ } ELSE { RETURN 'it''s' } }",
  'DEFINE FIELD code ON user ASSERT $value = /^[a-z;]+\\/[0-9]$/ COMMENT "a; -- b"',
  "DEFINE EVENT e ON user WHEN true THEN (CREATE log), { UPDATE `a;b` SET ⟨c;d⟩ = 1; }",
  "RETURN function($x) { const a = /[}]/; return `${a};` /* } */; }",
  "SELECT *, ->likes->post.{ id, title } FROM user:01ab WHERE a[0] ?: b ?? c = 1.5e3 -- end;",
  "DEFINE USER ada ON ROOT PASSWORD 'tiger;' ROLES OWNER",
  "LET $f = |$a: int, $b| { $a / $b; }; RETURN $f(4, 2) / 2 / 1",
  "IF a THEN b; ELSE c; END; FOR $i IN 0..=3 { CONTINUE; }",
  "RETURN [1h30m, d'2026-01-09T00:00:00Z', u'018f3d5e-7b7a-7000-8000-000000000000', <set>[1], 1..2]",
] as const;

const pieces = [
  ..."' \" ` ⟨ ⟩ / \\ ; { } ( ) [ ] $ # - * < > | . : , = ' ; } /".split(" "),
  ..."-- // /* */ function( THEN ELSE END IF RETURN 1. 1e 3d 01ab $a d' r\" ; :: .. |$x| KEY PASSWORD".split(
    " ",
  ),
  "\n",
  "\r",
  "\u2028",
  "\u00a0",
  "\ufeff",
  "é",
  "😀",
  "\ud800",
  " ",
] as const;

const piece: fc.Arbitrary<string> = fc.constantFrom(...pieces);

const script: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...rich),
  randomDown,
  randomDatabase.map((statements) => statements.join(";\n")),
  fc.array(fc.constantFrom(...rich), { maxLength: 4 }).map((texts) => texts.join(" ;; ")),
);

/** A cut, a copy of a part, or something put in; places are parts of the length. */
const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(8),
  put: fc.oneof(piece, fc.constant(""), fc.constant(undefined)),
});

const mutated: fc.Arbitrary<string> = fc
  .tuple(script, fc.array(change, { maxLength: 4 }))
  .map(([text, changes]) => {
    let changed = text;
    for (const { at, length, put } of changes) {
      const start = Math.floor(at * changed.length);
      const part = changed.slice(start, start + length);
      const rest = changed.slice(put === "" ? start + length : start);
      changed = changed.slice(0, start) + (put ?? part) + rest;
    }
    return changed;
  });

/** Texts that are SurrealQL, nearly SurrealQL, or nothing of the kind. */
export const randomText: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: mutated },
  {
    weight: 2,
    arbitrary: fc.array(piece, { maxLength: 60 }).map((parts) => parts.join("")),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
);
