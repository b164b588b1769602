/**
 * Does asynchronous work for each item, two items at a time.
 *
 * @template T, R
 * @param {readonly T[]} items
 * @param {(item: T) => Promise<R>} work
 * @returns {Promise<R[]>} In the order of the items.
 */
export async function twoAtATime(items, work) {
  /** @type {R[]} */
  const results = [];
  const entries = items.entries();
  const takeAll = async () => {
    for (const [index, item] of entries) results[index] = await work(item);
  };
  await Promise.all([takeAll(), takeAll()]);
  return results;
}
