/** One place where something goes wrong, as `--at` names it. */
export interface FaultAt {
  readonly when: "before" | "during" | "within" | "after";
  /** The number of the call or of the frame, from 1. */
  readonly nth: number;
  /** For `during`: milliseconds from the beginning of the call. */
  readonly afterMs: number;
}

/** Reads `before:17`, or `during:17:0.52`. @returns `undefined` for what is none. */
export function readFaultAt(text: string): FaultAt | undefined {
  const { when, nth, ms } =
    /^(?<when>before|during|within|after):(?<nth>\d+)(?::(?<ms>[\d.]+))?$/.exec(text)?.groups ?? {};
  if (when === undefined) return undefined;
  return { when: when as FaultAt["when"], nth: Number(nth), afterMs: Number(ms ?? 0) };
}
