/** Works on items, some at a time and in their order, until a signal says that it is enough. */
export async function inLanes<T>(
  items: readonly T[],
  lanes: number,
  work: (item: T, index: number) => Promise<unknown>,
  signal?: AbortSignal,
): Promise<void> {
  const left = items.entries();
  const lane = async (): Promise<void> => {
    for (const [index, item] of left) {
      if (signal?.aborted) return;
      await work(item, index);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
