import fc from "fast-check";
import { differenceCase, showCase, type DifferenceCase } from "../difference/difference-case.ts";

/** What a migration does to the records of a table `$t`, and what its down script does about that. */
interface Move {
  /** Which of the tables that are there on both sides. */
  readonly table: number;
  readonly up: string;
  readonly down: string;
}

/** A migration from one schema to another, which moves data too. */
export interface ProofCase extends DifferenceCase {
  readonly moves: readonly Move[];
  /** Which statement its down script lacks. */
  readonly lacks: number | undefined;
  /** Whether the records were let in by the rules of their tables. */
  readonly byRules: boolean;
}

const moves = [
  ["UPDATE $t SET moved = name", "UPDATE $t UNSET moved"],
  ["UPDATE $t SET moved = age, age = NONE", "UPDATE $t SET age = moved, moved = NONE"],
  ["UPDATE $t SET age += 1 WHERE age = 1", "UPDATE $t SET age -= 1 WHERE age = 2"],
  ["UPDATE $t SET tags = array::reverse(tags ?? [])", "UPDATE $t SET tags = array::reverse(tags)"],
  ["UPDATE $t SET name = 'same'", "UPDATE $t SET name = 'other'"],
  ["CREATE $t:made SET name = 'made'", "DELETE $t:made"],
  ["CREATE $t SET name = 'made'", "DELETE $t WHERE name = 'made'"],
  ["DELETE $t WHERE age = 1", "CREATE $t:back SET age = 1"],
  ["DELETE $t", "UPDATE $t SET age = 1"],
  ["RELATE $t:0->likes:made->post:0", "DELETE likes:made"],
  ["UPDATE $t SET at = time::now()", "UPDATE $t UNSET at"],
  ["DELETE user:0", "CREATE user:0"],
  ["DELETE post:1", "CREATE post:1 SET writer = user:1"],
  ["UPDATE post SET moved = writer.name + 'x'", "UPDATE post UNSET moved"],
  ["UPDATE $t SET link = user:0, more = link.name", "UPDATE $t UNSET link, more"],
] as const;

const move: fc.Arbitrary<Move> = fc
  .record({
    table: fc.nat(9),
    up: fc.constantFrom(...moves),
    other: fc.constantFrom(...moves),
    luck: fc.nat(4),
  })
  .map(({ table, up, other, luck }) => ({
    table,
    up: up[0],
    down: luck === 0 ? other[1] : up[1],
  }));

/** Tables that are joined: what is done to one goes along to the others. */
const joined = [
  "DEFINE TABLE user",
  "DEFINE TABLE post",
  "DEFINE FIELD name ON user TYPE option<string>",
  "DEFINE FIELD writer ON post TYPE option<record<user>> REFERENCE ON DELETE CASCADE",
  "DEFINE TABLE likes TYPE RELATION IN user OUT post",
];

/** 3.0.2 fails to compute some views over records in memory, where a proof runs. */
const withoutViews = (texts: readonly string[]): readonly string[] =>
  texts.filter((text) => !text.includes(" AS SELECT "));

/** A random migration between two random schemas, whose tables hold records. */
export const proofCase: fc.Arbitrary<ProofCase> = fc
  .record({
    schemas: differenceCase,
    isJoined: fc.boolean(),
    isSame: fc.nat(3).map((of) => of > 0),
    moves: fc.array(move, { minLength: 1, maxLength: 3 }),
    lacks: fc.option(fc.nat(30), { nil: undefined, freq: 1 }),
    byRules: fc.boolean(),
  })
  .map(({ schemas: { before, after }, isJoined, isSame, ...rest }) => ({
    before: [...(isJoined ? joined : []), ...withoutViews(before)],
    after: [...(isJoined ? joined : []), ...withoutViews(isSame ? before : after)],
    withRecords: true,
    ...rest,
  }));

/** Writes a case so that it can be run by hand. */
export function showProof({ moves: all, lacks, byRules, ...schemas }: ProofCase): string {
  const scripts = all.map(
    ({ table, up, down }) => `-- table ${table}\n${up};\n-- back\n${down};\n`,
  );
  return `${showCase(schemas)}${scripts.join("")}-- down lacks ${lacks ?? "nothing"}, records ${byRules ? "by" : "past"} the rules`;
}
