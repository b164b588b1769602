import fc from "fast-check";
import { tableName } from "./names.ts";
import { join } from "./random-definition.ts";
import type { Mode } from "./random-definition.ts";

const queries = [
  "SELECT * FROM t1",
  "SELECT id, a FROM t1 WHERE a = 1",
  "SELECT fn::ok(a) AS k FROM t1",
  "SELECT count() AS n, a FROM t2 GROUP BY a",
  "SELECT math::sum(a) AS s FROM t1 GROUP ALL",
] as const;

/** What stands beside plain tables and fields: views, links that take along, accesses and users. */
export function otherDefinition(mode: fc.Arbitrary<Mode>): fc.Arbitrary<string> {
  return fc.oneof(
    {
      weight: 2,
      arbitrary: join(
        fc.constant("DEFINE TABLE"),
        mode,
        fc.constantFrom(...queries).map((query) => `v1 AS ${query}`),
      ),
    },
    join(
      fc.constant("DEFINE FIELD"),
      mode,
      tableName.map((table) => `b ON ${table} TYPE option<record<t1>> REFERENCE ON DELETE`),
      fc.constantFrom("CASCADE", "UNSET", "REJECT", "IGNORE"),
    ),
    join(
      fc.constant("DEFINE ACCESS"),
      mode,
      fc.constant("members ON DATABASE TYPE"),
      fc.constantFrom(
        "JWT ALGORITHM HS512 KEY 'secret'",
        "RECORD SIGNUP (CREATE t1) SIGNIN (SELECT * FROM t1)",
        "RECORD WITH JWT ALGORITHM HS512 KEY 'other'",
      ),
    ),
    join(
      fc.constant("DEFINE USER"),
      mode,
      fc.constant("ada ON DATABASE PASSHASH '$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA' ROLES"),
      fc.constantFrom("VIEWER", "OWNER"),
    ),
  );
}

/** Takes away or alters what {@link otherDefinition} makes. */
export const otherRemoval: fc.Arbitrary<string> = fc.constantFrom(
  "REMOVE TABLE v1",
  "REMOVE TABLE IF EXISTS v1",
  "DELETE v1",
  "DEFINE TABLE OVERWRITE v1",
  "REMOVE ACCESS members ON DATABASE",
  "REMOVE ACCESS IF EXISTS members ON DATABASE",
  "REMOVE USER ada ON DATABASE",
  "REMOVE USER IF EXISTS ada ON DATABASE",
);
