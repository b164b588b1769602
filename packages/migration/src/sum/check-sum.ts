import { chainOf, sumStart } from "./render-sum.ts";
import type { Sum, SumEntry, SummedFile } from "./sum.ts";

/** Something in which the files are not what the sum says. */
export interface SumProblem {
  /**
   * `edited`: another content than when it was sealed. `removed`: sealed, and no longer there. `renamed`: there under
   * another name. `added`: not listed, and not behind all that is sealed. `chain`: its line was changed, moved, or others
   * before it were.
   */
  readonly kind: "edited" | "removed" | "renamed" | "added" | "chain";
  /** The name of the file; of `surql.sum` itself where no other is to blame. */
  readonly file: string;
  readonly message: string;
}

/** What a sum says of the files of a directory. */
export interface SumReport {
  readonly sealed: readonly string[];
  /** Listed without a hash, and there: made by a command, and not applied yet. */
  readonly open: readonly string[];
  /** Made by hand, and behind all that is sealed. */
  readonly unlisted: readonly string[];
  readonly problems: readonly SumProblem[];
}

/** Compares a sum with the files that are there. Pure. */
export function checkSum(sum: Sum, files: readonly SummedFile[]): SumReport {
  const { lines } = sum;
  const there = new Map(files.map(({ name, checksum }) => [name, checksum]));
  const listed = new Set(lines.map(({ name }) => name));
  const sealed = lines.filter(({ checksum }) => checksum !== undefined);
  const others = files.filter(({ name }) => !listed.has(name));
  const broken = brokenChain(sum);
  // Where the chain is broken, its line may have been removed.
  const isAdded = ({ name }: SummedFile): boolean =>
    broken.length > 0 || isBeforeSealed(lines, name);
  const gone = sealed.filter(({ name }) => !there.has(name));
  const newNames = new Map(others.map(({ name, checksum }) => [checksum, name]));
  const renamed = new Set(gone.map(({ checksum = "" }) => newNames.get(checksum)));

  const problems: readonly SumProblem[] = [
    ...broken,
    ...sealed.flatMap(({ name, checksum = "" }): readonly SumProblem[] => {
      const now = there.get(name);
      if (now === checksum) return [];
      const other = newNames.get(checksum);
      if (now !== undefined)
        return [{ kind: "edited", file: name, message: `${name} was edited after it was sealed.` }];
      return other === undefined
        ? [{ kind: "removed", file: name, message: `${name} is sealed, and no longer there.` }]
        : [{ kind: "renamed", file: name, message: `${name} is now called ${other}.` }];
    }),
    ...others
      .filter((file) => isAdded(file) && !renamed.has(file.name))
      .map(({ name }): SumProblem => ({
        kind: "added",
        file: name,
        message: `${name} is not listed, and does not stand behind all that is sealed.`,
      })),
  ];
  return {
    sealed: sealed.map(({ name }) => name),
    open: lines.flatMap(({ name, checksum }) =>
      checksum === undefined && there.has(name) ? [name] : [],
    ),
    unlisted: others.filter((file) => !isAdded(file)).map(({ name }) => name),
    problems,
  };
}

/** Says whether a file of this name comes before one that is sealed. */
export function isBeforeSealed(lines: readonly SumEntry[], name: string): boolean {
  return lines.some((line) => line.checksum !== undefined && name < line.name);
}

/** Where a sum does not fit itself. Pure. */
export function brokenChain({ head, lines }: Sum): readonly SumProblem[] {
  const broken = lines.flatMap((line, index) => {
    const { name, chain } = line;
    const before = lines[index - 1];
    if (before !== undefined && before.name >= name) {
      return [chainProblem(name, `The line of ${name} stands behind that of ${before.name}.`)];
    }
    if (chainOf(before?.chain ?? sumStart, line) === chain) return [];
    const message = `The line of ${name}, or one before it, was changed or removed by hand.`;
    return [chainProblem(name, message)];
  });
  if (head === (lines.at(-1)?.chain ?? sumStart)) return broken;
  const message = "The first line of surql.sum does not fit its last one.";
  return [...broken, chainProblem("surql.sum", message)];
}

function chainProblem(file: string, message: string): SumProblem {
  return { kind: "chain", file, message };
}
