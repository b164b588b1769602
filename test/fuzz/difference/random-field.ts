import fc from "fast-check";
import { comment, joinClauses, maybe } from "./join-clauses.ts";
import { randomType } from "./random-type.ts";

const permissions = maybe(
  "PERMISSIONS NONE",
  "PERMISSIONS FOR select FULL FOR create, update WHERE $auth.id = id",
  "PERMISSIONS FOR select NONE, FOR update FULL",
);

const stored = joinClauses(
  randomType.map((type) => `TYPE ${type}`),
  maybe("DEFAULT NONE", "DEFAULT 1", "DEFAULT ALWAYS time::now()", "DEFAULT [90m, 'x; y']"),
  maybe("VALUE $value ?? 1", "VALUE { LET $a = $value; RETURN $a; }"),
  maybe("ASSERT $value != 3", "ASSERT $value = /a.*;b/ OR string::len(<string> $value) < 20"),
  maybe("READONLY"),
  permissions,
  comment,
);

/** What can stand behind `DEFINE FIELD f ON t`. What does not go together is refused, and is then not there. */
export const fieldClauses: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: stored },
  { weight: 3, arbitrary: joinClauses(randomType.map((type) => `TYPE ${type}`)) },
  {
    weight: 1,
    arbitrary: joinClauses(
      fc.constantFrom("TYPE object FLEXIBLE", "TYPE option<object> FLEXIBLE"),
      permissions,
      comment,
    ),
  },
  {
    weight: 1,
    arbitrary: joinClauses(
      fc.constantFrom("TYPE option<record<user>>", "TYPE option<array<record<post>>>"),
      fc.constantFrom(
        "REFERENCE",
        "REFERENCE ON DELETE CASCADE",
        "REFERENCE ON DELETE UNSET",
        "REFERENCE ON DELETE THEN { DELETE $this }",
      ),
      comment,
    ),
  },
  {
    weight: 1,
    arbitrary: joinClauses(
      fc.constantFrom("COMPUTED 1 + 1", "COMPUTED string::slice('abc', 0, 1)", "COMPUTED <~user"),
      maybe("TYPE int", "TYPE any"),
      permissions,
      comment,
    ),
  },
  {
    weight: 1,
    arbitrary: joinClauses(maybe("VALUE time::now()", "READONLY"), permissions, comment),
  },
);
