import fc from "fast-check";

/** Ways to run a statement from inside of another one. */
const wrappings: readonly ((statement: string) => string)[] = [
  (statement) => `{ ${statement} }`,
  (statement) => `IF true { ${statement} }`,
  (statement) => `IF false { RETURN 1 } ELSE { ${statement} }`,
  (statement) => `IF true THEN ${statement} END`,
  (statement) => `FOR $i IN [1] { ${statement} }`,
  (statement) => `FOR $i IN 0..2 { IF $i = 1 { ${statement} } }`,
  (statement) => `LET $x = { ${statement} }`,
  (statement) => `LET $x = (${statement})`,
  (statement) => `LET $f = |$i: any| { ${statement} }; $f(1)`,
  (statement) => `[1].map(|$i| { ${statement} })`,
  (statement) => `SELECT * FROM { ${statement}; [1] }`,
  (statement) => `CREATE log SET of = { ${statement}; 1 }`,
  (statement) => `DEFINE FUNCTION fn::late() { ${statement} }; fn::late()`,
  (statement) => `DEFINE EVENT late ON log THEN { ${statement} }; CREATE log`,
  (statement) => `${statement}; -- ${statement}`,
  (statement) => `/* ${statement} */ ${statement}`,
];

/** The statement as it is, or where it is harder to see. */
export function wrap(statement: string): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(statement) },
    { weight: 1, arbitrary: fc.constantFrom(...wrappings).map((wrapping) => wrapping(statement)) },
  );
}
