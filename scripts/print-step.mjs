/**
 * Prints `name … outcome (seconds)` on one line around a piece of work.
 *
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @param {(result: T) => string} describe What to say of its result.
 * @returns {Promise<T>}
 */
export async function printStep(name, work, describe) {
  process.stdout.write(`${name} … `);
  const start = performance.now();
  const result = await work();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(`${describe(result)} (${seconds} s)\n`);
  return result;
}
