import type { InitResult } from "../initialize-project.ts";
import type { Style } from "../output/style.ts";

/** What `init` made, and what to do next. */
export function renderInit(result: InitResult, style: Style): string {
  return [
    ...result.created.map((path) => `${style("green", "created")} ${path}`),
    ...result.kept.map((path) => `${style("dim", "kept")}    ${path}`),
    "",
    style("bold", "Next:"),
    "  surql migrate create add_user_table   write the first migration",
    "  surql migrate up                      apply it",
    "  surql migrate status                  see where the database stands",
    "A user name and a password belong in .env, as SURQL_USERNAME and SURQL_PASSWORD.",
  ].join("\n");
}
