/** One line of the table: what was done, what it cost ours and the raw way, and the mark to meet. */
export interface Row {
  readonly what: string;
  readonly unit: "ms" | "MB";
  readonly ours: number;
  /** `undefined` where there is nothing to compare with. */
  readonly raw?: number | undefined;
  /** The most that is allowed: of ours divided by raw, or of ours where there is no raw. */
  readonly mark: number;
}

/** What every topic is told. */
export interface BenchOptions {
  /** Runs of each side, of which the median counts. */
  readonly runs: number;
  /** Small sizes, to see that everything works. Their figures say nothing about the marks. */
  readonly quick: boolean;
}

/** Ours divided by raw, or `undefined` where there is no raw. */
export function ratioOf({ ours, raw }: Row): number | undefined {
  return raw === undefined ? undefined : ours / raw;
}

/** Whether a row meets its mark. */
export function passes(row: Row): boolean {
  return (ratioOf(row) ?? row.ours) <= row.mark;
}
