import { readStatement, splitStatements, tokenize } from "@surql/surrealql";

const length = 5_000_000;
/** What each of them must do within a second of computing. */
const readers = { tokenize, splitStatements, readStatement } as const;
const limitMs = 1_000;

const script = `UPDATE user:1 SET name = 'Ada', age = 36 WHERE a / 2 > 1; -- next
DEFINE FIELD bio ON TABLE user TYPE option<string> DEFAULT 'none' ASSERT $value != /a;/;
IF $old { CREATE log SET list = [1, { deep: 2 }] } ELSE { DELETE log WHERE at < time::now() - 30d };
`;

const repeated = (piece: string): string => piece.repeat(Math.ceil(length / piece.length));

/** By what makes each of them hard. Texts of millions of tokens are not among them but for the brackets. */
const texts: Readonly<Record<string, () => string>> = {
  "a script": () => repeated(script),
  "brackets that never close": () => repeated("("),
  "braces that never close": () => repeated("{"),
  "deep nesting": () => "[".repeat(length / 2) + "]".repeat(length / 2),
  backticks: () => repeated("`"),
  quotes: () => repeated("'"),
  slashes: () => repeated("/"),
  "slashes between words": () => repeated("SELECT * OMIT a / b "),
  "comments in comments": () => repeated("/*"),
  "a comment without an end": () => `/*${repeated("x")}`,
  "a string": () => `RETURN '${repeated("x;")}'`,
  "a string without an end": () => `RETURN '${repeated("\\'")}`,
  "a name": () => `RETURN \`${repeated("x")}\``,
  "a regular expression": () => `RETURN /${repeated("x;")}/`,
  "a script without an end": () => `RETURN function() {${repeated("{'}'")}`,
  "nested statements": () => repeated("SELECT * FROM ("),
  "a list of targets": () => `DELETE ${repeated("user:1..5, ")}`,
};

/** The longest that a reader took for a text of 5 MB. */
export interface LongTextTime {
  readonly what: string;
  readonly milliseconds: number;
  readonly isTooSlow: boolean;
}

/** Times every reader on long texts, the hard ones included; what is too slow at first is tried again. */
export function timeLongTexts(): LongTextTime {
  let slowest: LongTextTime = { what: "none", milliseconds: 0, isTooSlow: false };
  for (const [name, make] of Object.entries(texts)) {
    const text = make();
    for (const [reader, read] of Object.entries(readers)) {
      let milliseconds = Infinity;
      for (let attempt = 0; attempt < 5 && milliseconds > limitMs; attempt++) {
        milliseconds = Math.min(
          milliseconds,
          computingTime(() => read(text)),
        );
      }
      if (milliseconds <= slowest.milliseconds) continue;
      slowest = { what: `${reader} of ${name}`, milliseconds, isTooSlow: milliseconds > limitMs };
    }
  }
  return slowest;
}

/** The time of the processor, not that of the clock: others use the machine too. */
function computingTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1_000;
}
