import fc from "fast-check";

const gaps = [
  " ",
  "\n",
  "\t",
  "  ",
  " /* REMOVE */ ",
  " -- DROP\n",
  " # it's\n",
  " // {\n",
] as const;

/** The same statement, typed by somebody else: other case of its keywords, other white space, comments. */
export function spell(statement: string): fc.Arbitrary<string> {
  const words = statement.split(" ");
  const spelling = fc.record({
    lower: fc.constantFrom(0, 1, 2),
    gaps: fc.array(fc.constantFrom(...gaps), { minLength: words.length, maxLength: words.length }),
  });
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(statement) },
    {
      weight: 1,
      arbitrary: spelling.map(({ lower, gaps: between }) =>
        words.map((word, index) => inCase(word, lower) + (between[index] ?? " ")).join(""),
      ),
    },
  );
}

function inCase(word: string, lower: number): string {
  if (!/^[A-Z]{2,}$/.test(word) || lower === 0) return word;
  if (lower === 1) return word.toLowerCase();
  return word.slice(0, 1) + word.slice(1).toLowerCase();
}
