import type { SurqlError } from "surql/errors";
import type { Output } from "./output.ts";
import type { Style } from "./style.ts";

/** Prints an error: as the one document on stdout, or as text on stderr. */
export function printFailure(output: Output, error: SurqlError, json: boolean): void {
  if (json) output.document({ error: errorDocument(error) });
  else output.note(renderFailure(error, output.noteStyle));
}

/** An error as it stands in a document: every key is always there. */
export function errorDocument(error: SurqlError): Readonly<Record<string, unknown>> {
  const { code, message, why = null, nextActions, meta } = error;
  return { code, message, why, nextActions, meta };
}

/** An error as text: what happened, why, what to do next. Never a stack. */
export function renderFailure(error: SurqlError, style: Style): string {
  const lines = [`${style("red", "Error")} ${style("dim", error.code)}: ${error.message}`];
  if (error.why !== undefined) lines.push(indent(error.why));
  if (error.nextActions.length > 0) {
    lines.push(style("bold", "Next:"), ...error.nextActions.map((action) => indent(`- ${action}`)));
  }
  return lines.join("\n");
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
