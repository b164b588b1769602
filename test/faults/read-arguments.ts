import { parseArgs } from "node:util";
import { readFaultAt, type FaultAt } from "./fault-at.ts";

/** What `npm run faults` was told. */
export interface Arguments {
  readonly only: string | undefined;
  readonly points: number | undefined;
  readonly seed: number;
  /** So many frames were cut before, with the same seed. */
  readonly from: number | undefined;
  readonly scenario: string | undefined;
  readonly store: "surrealkv" | "rocksdb" | undefined;
  readonly transport: "ws" | "http" | undefined;
  readonly at: FaultAt | undefined;
  readonly again: FaultAt | undefined;
}

/** @throws With how it is used, for what cannot be read. */
export function readArguments(args: readonly string[], topics: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string" },
      points: { type: "string" },
      seed: { type: "string" },
      from: { type: "string" },
      scenario: { type: "string" },
      store: { type: "string" },
      transport: { type: "string" },
      at: { type: "string" },
      again: { type: "string" },
    },
  });
  const refuse = (): never => {
    throw new Error(
      `npm run faults [-- --only ${topics.join("|")}] [--points N] [--seed N] [--from N] [--scenario NAME] ` +
        "[--store surrealkv|rocksdb] [--transport ws|http] [--at before|during|within|after:NTH[:MS]] [--again …]",
    );
  };
  const oneOf = <T extends string>(
    text: string | undefined,
    allowed: readonly T[],
  ): T | undefined =>
    text === undefined ? undefined : (allowed.find((one) => one === text) ?? refuse());
  const number = (text: string | undefined): number | undefined => {
    if (text === undefined) return undefined;
    return /^\d{1,9}$/.test(text) ? Number(text) : refuse();
  };
  const place = (text: string | undefined): FaultAt | undefined =>
    text === undefined ? undefined : (readFaultAt(text) ?? refuse());
  return {
    only: oneOf(values.only, topics),
    points: number(values.points),
    seed: number(values.seed) ?? Date.now() % 1_000_000,
    from: number(values.from),
    scenario: values.scenario,
    store: oneOf(values.store, ["surrealkv", "rocksdb"]),
    transport: oneOf(values.transport, ["ws", "http"]),
    at: place(values.at),
    again: place(values.again),
  };
}
