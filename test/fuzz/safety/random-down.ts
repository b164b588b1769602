import fc from "fast-check";
import { anyTableName, fieldPath, tableName } from "./names.ts";
import { fieldTypes } from "./field-types.ts";
import { fieldClauses } from "./random-clauses.ts";
import { otherDefinition, otherRemoval } from "./other-definition.ts";
import { randomDefinition, relationDefinition } from "./random-definition.ts";
import type { Mode } from "./random-definition.ts";
import { randomSequence } from "./random-sequence.ts";
import { randomWrite } from "./random-write.ts";
import { spell } from "./spell.ts";
import { wrap } from "./wrap.ts";

const mode = fc.constantFrom<Mode>("", "", "OVERWRITE", "OVERWRITE", "IF NOT EXISTS");
const ifExists = fc.constantFrom("", "IF EXISTS ");
const type = fc.constantFrom(...fieldTypes.map((one) => one.type));

const removal = fc.oneof(
  fc.tuple(ifExists, anyTableName).map(([exists, table]) => `REMOVE TABLE ${exists}${table}`),
  fc
    .tuple(ifExists, fieldPath, fc.constantFrom("ON", "ON TABLE"), anyTableName)
    .map(([exists, field, on, table]) => `REMOVE FIELD ${exists}${field} ${on} ${table}`),
  fc
    .tuple(ifExists, fc.constantFrom("INDEX i1", "INDEX i2", "EVENT e1", "EVENT e2"), tableName)
    .map(([exists, object, table]) =>
      `REMOVE ${object} ON ${table}`.replace(/ (?=[ie]\d)/, ` ${exists}`),
    ),
  fc
    .tuple(
      ifExists,
      fc.constantFrom(
        "FUNCTION fn::helper",
        "PARAM $limit",
        "ANALYZER helper",
        "SEQUENCE helper",
        "FUNCTION fn::outer",
        "FUNCTION fn::ok",
        "FUNCTION fn::shape",
      ),
    )
    .map(([exists, object]) => `REMOVE ${object.replace(" ", ` ${exists}`)}`),
);

const alteration = fc.oneof(
  fc
    .tuple(
      ifExists,
      tableName,
      fc.constantFrom(
        "SCHEMAFULL",
        "SCHEMALESS",
        "PERMISSIONS FULL",
        "PERMISSIONS FOR update WHERE fn::ok(a)",
        "DROP",
        "COMMENT 'x'",
        "TYPE RELATION IN t1 OUT t2",
        "TYPE NORMAL",
        "DROP COMMENT",
      ),
    )
    .map(([exists, table, clause]) => `ALTER TABLE ${exists}${table} ${clause}`),
  fc
    .tuple(ifExists, fc.constantFrom("COMMENT 'x'", "DROP COMMENT", "PREPARE REMOVE"), tableName)
    .map(([exists, clause, table]) => `ALTER INDEX ${exists}i1 ON ${table} ${clause}`),
  fc.constant("ALTER SEQUENCE IF EXISTS helper TIMEOUT 5s"),
  fc
    .tuple(
      ifExists,
      fieldPath,
      anyTableName,
      fc.oneof(
        type.map((one) => `TYPE ${one}`),
        fieldClauses.map((clauses) => clauses.replace(/^TYPE (\S+( \| )?)+/, "")),
        fc.constantFrom("DROP DEFAULT", "DROP ASSERT", "DROP TYPE", "DROP READONLY", "DROP VALUE"),
      ),
    )
    .map(([exists, field, table, clause]) =>
      `ALTER FIELD ${exists}${field} ON ${table} ${clause}`.trimEnd(),
    ),
);

const statement = fc.oneof(
  { weight: 2, arbitrary: removal },
  { weight: 5, arbitrary: randomDefinition(mode) },
  { weight: 1, arbitrary: relationDefinition(mode) },
  { weight: 1, arbitrary: otherDefinition(mode) },
  { weight: 1, arbitrary: otherRemoval },
  { weight: 2, arbitrary: alteration },
  { weight: 3, arbitrary: randomWrite },
);

/** A down script of one to three statements, in any spelling, some of them inside of other statements. */
export const randomDown: fc.Arbitrary<string> = fc
  .array(statement.chain(wrap).chain(spell), { minLength: 1, maxLength: 3 })
  .map((statements) => statements.join(";\n"));

/** Scripts, cut from statements that belong together, with another one in between now and then. */
const sequence: fc.Arbitrary<readonly string[]> = fc
  .tuple(randomSequence, fc.array(fc.tuple(fc.nat(5), statement), { maxLength: 2 }), fc.nat(5))
  .chain(([together, others, cut]) => {
    const statements = [...together];
    for (const [at, other] of others) statements.splice(at % (statements.length + 1), 0, other);
    const spelled = fc.tuple(...statements.map((one) => fc.oneof(fc.constant(one), spell(one))));
    return spelled.map((all) => {
      const at = cut % (all.length + 1);
      const scripts = [all.slice(0, at), all.slice(at)];
      return scripts.filter((one) => one.length > 0).map((one) => one.join(";\n"));
    });
  });

/** The scripts of one to three migrations. */
export const randomDowns: fc.Arbitrary<readonly string[]> = fc.oneof(
  { weight: 4, arbitrary: randomDown.map((only) => [only]) },
  { weight: 1, arbitrary: fc.array(randomDown, { minLength: 2, maxLength: 3 }) },
  { weight: 1, arbitrary: sequence },
);
