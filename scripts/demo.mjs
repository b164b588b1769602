import "./node-version.mjs";
import { setUp } from "./setup.mjs";
import { runProgram } from "./run-program.mjs";

await setUp();
await runProgram("examples/marketplace/demo.mjs");
