// One process of the harness: `node child.js SHARE`. It says what came of each cut, and ends early when it is told to.
import { cutShare } from "./cut-share.ts";
import { readShare, type SaidOfCut, type Share } from "./share.ts";

const stop = new AbortController();
process.on("SIGTERM", () => stop.abort());

function say(said: SaidOfCut): void {
  process.stdout.write(`${JSON.stringify(said)}\n`);
}

const cuts = await readShare(JSON.parse(process.argv[2] ?? "") as Share);
await cutShare(cuts, (position, wrong) => say({ position, wrong }), stop.signal);
