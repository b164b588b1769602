// Preloaded into the program: writes down every module that it imports.
import { appendFileSync } from "node:fs";
import { register } from "node:module";

const hooks = `
  import { appendFileSync } from "node:fs";
  export async function load(url, context, next) {
    appendFileSync(${JSON.stringify(process.env["IMPORTS_FILE"])}, url + "\\n");
    return next(url, context);
  }
`;
appendFileSync(process.env["IMPORTS_FILE"] ?? "", "");
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
