import "./node-version.mjs";
import { runCompiled } from "./run-program.mjs";
import { setUp } from "./setup.mjs";

await setUp();
await runCompiled("test/volume", "dist/volume/run.js");
