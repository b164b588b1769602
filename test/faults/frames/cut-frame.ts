import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isSurqlError } from "surql";
import type { Cut } from "../../server/faults.ts";
import { listen, type TestServer } from "../../server/listen.ts";
import { expectationOf, type Expectation } from "../expectation.ts";
import { judgeEnd, judgeLeft, type Said } from "../judge.ts";
import { check, observeSite, onStage, prepareSite, stepByHand, type Site } from "../on-stage.ts";
import { renewal } from "../renewal.ts";
import type { Scenario } from "../scenario.ts";
import { judgeClaim, type Claim } from "./judge-claim.ts";

/** How a scenario talks to its server. */
export type Transport = "ws" | "http";

/** A scenario over a transport, ready to be cut. */
export interface Wired {
  readonly scenario: Scenario;
  readonly transport: Transport;
  /** What an unharmed run sends, from connecting to closing: a readable part of each frame. */
  readonly frames: readonly string[];
  readonly expected: Expectation;
}

/** A server of its own with a database that is made as it is before; both are gone afterwards. */
async function onServer<T>(
  scenario: Scenario,
  transport: Transport,
  work: (site: Site, server: TestServer) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "surql-frames-"));
  const server = await listen();
  try {
    // Over HTTP each call takes twice as long.
    await prepareSite({ url: server.url, folder }, scenario);
    const url = transport === "ws" ? server.url : server.httpUrl;
    return await work({ url, folder }, server);
  } finally {
    await server.close();
    await rm(folder, { recursive: true, maxRetries: 10 });
  }
}

/** Runs a scenario unharmed, to learn how many frames it sends and what may be found. */
export async function wire(scenario: Scenario, transport: Transport): Promise<Wired> {
  const steps = await onServer(scenario, transport, (site) => stepByHand(site, scenario));
  return onServer(scenario, transport, async (site, server) => {
    const before = await observeSite(site);
    const sent = server.calls.length;
    await onStage(site, scenario.run);
    const frames = labelsOf(server.calls.slice(sent));
    const unharmed = await check(site, scenario);
    const expected = expectationOf(scenario, { before, steps, unharmed });
    return { scenario, transport, frames, expected };
  });
}

/** Cuts the connection at a frame, looks at what is left and at what was said of it, and goes on. @returns What is wrong. */
export function cutFrame(
  { scenario, transport, expected }: Wired,
  nth: number,
  when: Cut["when"],
): Promise<readonly string[]> {
  return onServer(scenario, transport, async (site, server) => {
    const said: Said[] = [];
    server.faults.cut = { nth, when, except: renewal };
    const sent = server.calls.length;
    const claim = await claimOf(onStage(site, scenario.run, (one) => said.push(one)));
    const label = labelsOf(server.calls.slice(sent))[nth - 1] ?? "it had ended before";
    server.faults.cut = undefined;
    const { found, end, failure } = await check(site, scenario);
    const wrong = [
      ...judgeLeft(found, said, expected),
      ...judgeClaim(claim, found, said, expected),
      ...(end === undefined
        ? [`The ordinary command failed: ${failure}`]
        : judgeEnd(end, expected)),
    ];
    const at = `${scenario.name} over ${transport}, cut ${when} frame ${nth}: ${label}`;
    return wrong.map((one) => `${one}\n  ${at}`);
  });
}

/** A readable part of each frame that counts. */
function labelsOf(calls: TestServer["calls"]): readonly string[] {
  return calls
    .map(({ method, params = [] }) => `${method} ${String(params[0]).replaceAll(/\s+/g, " ")}`)
    .filter((text) => !text.includes(renewal))
    .map((text) => text.slice(0, 160));
}

async function claimOf(run: Promise<unknown>): Promise<Claim> {
  try {
    await run;
    return { kind: "done" };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    if (!isSurqlError(error)) return { kind: "failed", words };
    const { code, meta } = error;
    const unknown = code === "CONNECTION.OUTCOME_UNKNOWN" || meta["outcome"] === "unknown";
    return { kind: unknown ? "unknown" : "failed", words: `${code}: ${words}` };
  }
}
