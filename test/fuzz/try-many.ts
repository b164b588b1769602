import { isSurqlError } from "@surql/errors";
import fc from "fast-check";
import { unwatched } from "../long-runs/watch.ts";
import type { FuzzReport, FuzzRequest } from "./fuzz-report.ts";
import { repeatCommand } from "./repeat-command.ts";

/** What is tried with each input. */
interface Trial<T> {
  /** Of the topic. */
  readonly name: string;
  /** @throws When something is wrong. */
  readonly judge: (one: T) => Promise<void>;
  readonly show: (one: T) => string;
}

/** Tries random input until something is wrong, and then looks for the smallest that shows it; can be followed and ended. */
export async function tryMany<T>(
  arbitrary: fc.Arbitrary<T>,
  { runs, seed, path = "", watch = unwatched }: FuzzRequest,
  { name, judge, show }: Trial<T>,
): Promise<Pick<FuzzReport, "runs" | "failure">> {
  let [through, hasFailed] = [0, false];
  watch.expect(runs);
  const property = fc.asyncProperty(arbitrary, async (one) => {
    // fast-check cannot be ended: what is left is let pass.
    if (watch.signal.aborted) return;
    try {
      await judge(one);
    } catch (error) {
      const again = repeatCommand(name, seed, path === "" ? String(through) : path);
      if (!hasFailed) {
        watch.found(
          `${reasonOf(error)}\n${show(one)}\nAgain: ${again}\nLooking for a smaller one.`,
        );
      }
      hasFailed = true;
      throw error;
    }
    if (hasFailed) return;
    through += 1;
    watch.through(1);
  });
  const { counterexample, errorInstance, failed, counterexamplePath } = await fc.check(property, {
    numRuns: runs,
    seed,
    path,
  });
  const shown = counterexample?.[0];
  return {
    runs: through + (failed ? 1 : 0),
    failure: failed
      ? {
          path: counterexamplePath ?? "",
          reason: reasonOf(errorInstance),
          example: shown === undefined ? "" : show(shown),
        }
      : undefined,
  };
}

function reasonOf(error: unknown): string {
  if (isSurqlError(error)) return `${error.message} ${error.why ?? ""}`;
  return error instanceof Error ? error.message : String(error);
}
