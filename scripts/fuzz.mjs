import "./node-version.mjs";
import { runCommand } from "./run-command.mjs";
import { runProgram } from "./run-program.mjs";
import { setUp } from "./setup.mjs";

await setUp();
const compiled = await runCommand("tsc", ["--build", "test/fuzz"]);
if (compiled.ok) {
  await runProgram("test/fuzz/dist/run.js");
} else {
  console.error(compiled.output);
  process.exitCode = 1;
}
