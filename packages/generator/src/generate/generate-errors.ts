import { SurqlError } from "@surql/errors";

/** A statement of a file of definitions that cannot be used, and why. */
export interface DefinitionProblem {
  /** As the file was named. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** In UTF-16 units, from 1. */
  readonly column: number;
  /** The statement, secrets taken out. */
  readonly statement: string;
  readonly reason: string;
}

/** Whether a statement is about records. */
export function writesRecords(statement: string): boolean {
  return /^(?:CREATE|INSERT|UPDATE|UPSERT|RELATE|DELETE)\b/i.test(statement);
}

/** `GENERATOR.SEVERAL_HEADS`: it is not clear which version a new migration builds on. */
export function severalHeads(heads: readonly string[]): SurqlError {
  return new SurqlError({
    code: "GENERATOR.SEVERAL_HEADS",
    category: "state",
    message: `There are ${heads.length} heads, ${heads.join(" and ")}: which one does the new migration build on?`,
    nextActions: [
      "Bring them together first: surql migrate merge",
      `Or build on all of them: ${heads.map((head) => `--depends-on ${head}`).join(" ")}`,
    ],
    meta: { heads },
  });
}

/** `GENERATOR.UNKNOWN_PARENT`: a version to build on is not among the migrations. */
export function unknownParent(unknown: readonly string[], known: readonly string[]): SurqlError {
  return new SurqlError({
    code: "GENERATOR.UNKNOWN_PARENT",
    category: "usage",
    message: `There is no migration ${unknown.join(", ")} to build on.`,
    nextActions: [
      known.length === 0
        ? "Name no parent: there are no migrations yet."
        : `Name others: the newest are ${known.slice(-5).join(", ")}.`,
    ],
    meta: { unknown },
  });
}

/** `GENERATOR.NOT_THE_HEADS`: the schema comes from other versions than those to build on. */
export function notTheHeads(parents: readonly string[], heads: readonly string[]): SurqlError {
  return new SurqlError({
    code: "GENERATOR.NOT_THE_HEADS",
    category: "usage",
    message: `A change of this database cannot build on ${parents.join(", ")} alone: applied are ${heads.join(", ")}, with all that they build on.`,
    nextActions: [
      `Build on what is applied: ${heads.map((head) => `--depends-on ${head}`).join(" ")}`,
    ],
    meta: { parents, heads },
  });
}

/** `GENERATOR.INVALID_DEFINITIONS`: the files that describe a schema hold what cannot be used. */
export function invalidDefinitions(problems: readonly DefinitionProblem[]): SurqlError {
  const said = problems.map(
    ({ file, line, column, reason }) => `\n  ${file}:${line}:${column}: ${reason}`,
  );
  const hasRecords = problems.some(({ statement }) => writesRecords(statement));
  return new SurqlError({
    code: "GENERATOR.INVALID_DEFINITIONS",
    category: "usage",
    message: `The schema cannot be read:${said.join("")}`,
    why: "It is described by DEFINE statements alone, each object by one.",
    nextActions: [
      "Correct the files. Nothing was written.",
      ...(hasRecords
        ? [
            "Put statements about records into a migration (surql migrate create NAME), or into files outside of what --to names.",
          ]
        : []),
    ],
    meta: { problems },
  });
}
