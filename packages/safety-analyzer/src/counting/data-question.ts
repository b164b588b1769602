import type { Impact } from "../rollback-issue.ts";

/** How many records a table holds. */
export interface RecordsQuestion {
  readonly count: "records";
  readonly table: string;
}

/** In how many records of a table a field holds a value (`NULL` is one). */
export interface ValuesQuestion {
  readonly count: "values";
  readonly table: string;
  /** The path as `INFO` writes it. */
  readonly field: string;
}

/** In how many records of a table the value of a field, or its absence, does not fit a type. */
export interface MisfitsQuestion {
  readonly count: "misfits";
  readonly table: string;
  /** The path as `INFO` writes it. */
  readonly field: string;
  /** The text of a `TYPE` clause. */
  readonly type: string;
}

/** How many edges of a relation table begin or end at a record of `vertex`. */
export interface EdgesQuestion {
  readonly count: "edges";
  readonly table: string;
  readonly vertex: string;
}

/** How many records of a table hold a record link into `target`. */
export interface LinksQuestion {
  readonly count: "links";
  readonly table: string;
  readonly target: string;
  /** The paths that can hold one; `undefined` when any value may. */
  readonly fields: readonly string[] | undefined;
}

/** How many records of a table a `WHERE` of a write matches. */
export interface MatchesQuestion {
  readonly count: "matches";
  readonly table: string;
  /** A condition that only reads, and rests on nothing but the record. */
  readonly where: string;
}

/** How many of the records that a write names are there. */
export interface NamedQuestion {
  readonly count: "named";
  readonly table: string;
  /** Record ids and ranges of ids, between commas. */
  readonly targets: string;
  /** As in {@link MatchesQuestion}. */
  readonly where: string | undefined;
}

/**
 * How many records of a table can be written now and could not be after the plan, because of what it does to
 * the field, or to the table itself. Found by trying.
 */
export interface RefusedQuestion {
  readonly count: "refused";
  readonly table: string;
  /** The path as `INFO` writes it; `undefined` for the table's own definition. */
  readonly field?: string | undefined;
  /** The clause of the field that is to blame: the other one is left out. */
  readonly alone?: "TYPE" | "ASSERT" | undefined;
  /**
   * Whether the records count that cannot be written today either: what fails may fail every read as well, and that is
   * worse.
   */
  readonly evenIfBefore?: boolean | undefined;
  /** Only the records that hold a value in the field, or only those that do not; all when left out. */
  readonly holding?: "value" | "nothing" | undefined;
}

/**
 * How many records of a table, of those that were there before the plan, a migration deletes, or leaves with
 * other contents. Found by trying.
 */
export interface WrittenQuestion {
  readonly count: "written";
  readonly table: string;
  readonly migration: string;
  readonly how: "deleted" | "changed";
}

/** In how many records values are stored under a computed field, which show when it is removed. Found by trying. */
export interface StoredQuestion {
  readonly count: "stored";
  readonly table: string;
  /** The path as `INFO` writes it. */
  readonly field: string;
}

/**
 * How many records hold a value in the field that their next write would overwrite, though it changes nothing else.
 * Found by trying.
 */
export interface OverwrittenQuestion {
  readonly count: "overwritten";
  readonly table: string;
  /** The path as `INFO` writes it. */
  readonly field: string;
}

/**
 * How many records of a table hold a link into `target` after a migration that leads nowhere because of it: to a
 * record that was there before the migration. Found by trying.
 */
export interface DanglingQuestion {
  readonly count: "dangling";
  readonly table: string;
  readonly migration: string;
  readonly target: string;
  /** As in {@link LinksQuestion}. */
  readonly fields: readonly string[] | undefined;
}

/**
 * How many records hold a value in the field that does not stand, as it is, in another field behind the plan, or that took the place of another value
 * there. Found by trying.
 */
export interface UnmovedQuestion {
  readonly count: "unmoved";
  readonly table: string;
  /** The path as `INFO` writes it, without wildcards. */
  readonly field: string;
  /** Where the value should be; likewise. */
  readonly to: string;
}

/**
 * How many records of a table do not stand, as they are, in another one under the same key behind the plan, or took the place of another record there. Found
 * by trying.
 */
export interface UncopiedQuestion {
  readonly count: "uncopied";
  readonly table: string;
  readonly to: string;
}

/** How many records another question would still count behind the plan. Found by trying. */
export interface RemainingQuestion {
  readonly count: "remaining";
  readonly table: string;
  readonly of: EdgesQuestion | LinksQuestion;
}

/** A question that a look at each record answers. */
export type ConditionQuestion =
  | ValuesQuestion
  | MisfitsQuestion
  | EdgesQuestion
  | LinksQuestion
  | MatchesQuestion;

const conditional: ReadonlySet<string> = new Set([
  "values",
  "misfits",
  "edges",
  "links",
  "matches",
]);

/** Whether a look at each record answers a question. */
export function isConditionQuestion(question: DataQuestion): question is ConditionQuestion {
  return conditional.has(question.count);
}

/** A question with a number of records for an answer. */
export type CountQuestion =
  | RecordsQuestion
  | ConditionQuestion
  | NamedQuestion
  | RefusedQuestion
  | OverwrittenQuestion
  | StoredQuestion
  | WrittenQuestion
  | DanglingQuestion
  | UnmovedQuestion
  | UncopiedQuestion
  | RemainingQuestion;

/** Which entries a unique index over these columns would meet twice. */
export interface DuplicatesQuestion {
  readonly count: "duplicates";
  readonly table: string;
  readonly fields: readonly string[];
}

/** A question about the stored data. Rules ask; the analysis answers all questions in one go. */
export type DataQuestion = CountQuestion | DuplicatesQuestion;

/** What a unique index would meet. */
export interface DuplicateAnswer {
  /** How many index entries stand more than once. */
  readonly groups: number;
  /** The records in all groups together; where it was only looked at a sample, those in the sample. */
  readonly impact: Impact;
  /** The ids of some records of the largest groups. */
  readonly examples: readonly (readonly string[])[];
}

/** What was counted for one question. */
export type Answer = Impact | DuplicateAnswer;

/** What was counted. A question that was not asked or could not be answered is `undefined`. */
export interface DataAnswers {
  count(question: CountQuestion): Impact | undefined;
  duplicates(question: DuplicatesQuestion): DuplicateAnswer | undefined;
}

/** The answers where nothing was asked. */
export const noAnswers: DataAnswers = { count: () => undefined, duplicates: () => undefined };
