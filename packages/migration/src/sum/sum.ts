/** The name of the file that chains the hashes of the migrations, in their directory. */
export const sumFileName = "surql.sum";

/** A file that the sum knows. */
export interface SumEntry {
  readonly name: string;
  /** `checksumOf` its bytes when it was sealed; `undefined` while it is open, and may be edited. */
  readonly checksum: string | undefined;
}

/** A line of a sum as it stands there. */
export interface SumLine extends SumEntry {
  /** The hash over the line before and this one. */
  readonly chain: string;
}

/** A sum as it was read. */
export interface Sum {
  /** What the first line says the last one's chain is. */
  readonly head: string;
  readonly lines: readonly SumLine[];
}

/** A migration file as it is now. */
export interface SummedFile {
  readonly name: string;
  readonly checksum: string;
}
