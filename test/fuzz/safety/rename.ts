import fc from "fast-check";

/** Other names for a table and a field, as they have to be written. */
const otherNames: readonly Readonly<Record<string, string>>[] = [
  { t3: "`my täble`", c: "`名 x`" },
  { t1: "`REMOVE`", a: "`o.d`" },
  { t2: "`t-1`", b: "`b 'x'`" },
];

/** Makes a text of one with the usual names, or with names that have to be quoted. */
export const rename: fc.Arbitrary<(text: string) => string> = fc.oneof(
  { weight: 5, arbitrary: fc.constant((text: string) => text) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...otherNames).map((names) => (text: string) => {
      let renamed = text;
      for (const [name, other] of Object.entries(names)) {
        const spellings = new RegExp(`\`${name}\`|⟨${name}⟩|\\b${name}\\b`, "g");
        renamed = renamed.replaceAll(spellings, other);
      }
      return renamed;
    }),
  },
);
