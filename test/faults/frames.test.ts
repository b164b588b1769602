import { expect, it } from "vitest";
import { cutAtFrames } from "./frames/cut-at-frames.ts";

it("tells what is so, wherever the connection is cut, and one ordinary command goes on", async () => {
  const report = await cutAtFrames({ points: 60, seed: 1 });
  expect(report).toMatchObject({ points: 60, wrong: [] });
}, 600_000);
