import { Console } from "node:console";

/**
 * Runs code of the project: what it prints goes to stderr, as stdout belongs to the result.
 *
 * @returns What `work` returns.
 */
export async function withConsoleOnStderr<T>(work: () => Promise<T>): Promise<T> {
  const { console } = globalThis;
  globalThis.console = new Console(process.stderr);
  try {
    return await work();
  } finally {
    globalThis.console = console;
  }
}
