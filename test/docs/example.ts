/** A piece of code or text that the documentation shows. */
export interface Example {
  /** Where it stands, from the root of the repository. */
  readonly file: string;
  /** The line of its first character, from 1. */
  readonly line: number;
  /** As the fence says it: `ts`, `sh`, `console`, `surql`, `json`. */
  readonly language: string;
  readonly text: string;
  /** What the page says that it prints: a block without a language that follows. */
  readonly prints?: string;
  /** The project that a page asks for: `<!-- project: shop -->` above the block. */
  readonly project?: string;
  /** The file of the project that it is the text of: `<!-- file: schema/user.surql -->` above the block. */
  readonly path?: string;
}

/** How an example is called in a report: `docs/concepts.md:12`. */
export function placeOf({ file, line }: Example): string {
  return `${file}:${line}`;
}
