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

/** A question with a number for an answer. */
export type CountQuestion = RecordsQuestion | ValuesQuestion | MisfitsQuestion | EdgesQuestion;

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
  /** The records in all groups together. */
  readonly records: number;
  /** The ids of some records of the largest groups. */
  readonly examples: readonly (readonly string[])[];
}

/** What was counted. A question that was not asked or could not be answered is `undefined`. */
export interface DataAnswers {
  count(question: CountQuestion): number | undefined;
  duplicates(question: DuplicatesQuestion): DuplicateAnswer | undefined;
}

/** The answers where nothing was asked. */
export const noAnswers: DataAnswers = { count: () => undefined, duplicates: () => undefined };
