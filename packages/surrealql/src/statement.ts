/** One statement of a script, as it was written, and where. */
export interface Statement {
  /** The statement without its closing `;`, without comments before or after it. */
  readonly text: string;
  /** Line in the script, from 1. */
  readonly line: number;
  /** Column in that line, in UTF-16 units, from 1. */
  readonly column: number;
}
