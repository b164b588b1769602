/**
 * Gives a piece of work a time limit.
 *
 * @param ms Milliseconds. Left out, the work has no limit.
 * @param work Receives a signal that is aborted when the time is over, to clean up by.
 * @param late Makes the error for work that was late.
 */
export async function withDeadline<T>(
  ms: number | undefined,
  work: (signal: AbortSignal) => Promise<T>,
  late: (ms: number) => Error,
): Promise<T> {
  const controller = new AbortController();
  const result = work(controller.signal);
  if (ms === undefined) return result;
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = late(ms);
      reject(error);
      controller.abort(error);
    }, ms);
  });
  try {
    return await Promise.race([result, limit]);
  } finally {
    clearTimeout(timer);
    result.catch(() => undefined);
  }
}
