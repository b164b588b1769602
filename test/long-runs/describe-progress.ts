/** How far a run has come. */
interface Reached {
  /** 0 while it is not known. */
  readonly total: number;
  readonly through: number;
  readonly found: number;
}

/** In one line: how much is through, what was found, how fast it goes and how long the rest will take. Pure. */
export function describeProgress({ total, through, found }: Reached, elapsedMs: number): string {
  if (through === 0) return `making ready, ${Math.round(elapsedMs / 1000)} s`;
  const perSecond = (through * 1000) / elapsedMs;
  const minutes = Math.ceil((total - through) / perSecond / 60);
  const rest = total > through ? `, ${minutes} min left` : "";
  return `${through} of ${total}, ${found} findings, ${perSecond.toFixed(1)} a second${rest}`;
}
