import { styleText } from "node:util";

/** The styles that output uses. */
export type StyleName = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** Puts text in a style, where the stream shows styles. */
export type Style = (name: StyleName, text: string) => string;

/** Leaves text as it is. */
export const plain: Style = (_name, text) => text;

/** The style for a stream: colours on a terminal that did not refuse them (https://no-color.org). */
export function styleFor(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): Style {
  const refused = environment["NO_COLOR"] !== undefined && environment["NO_COLOR"] !== "";
  if (stream.isTTY !== true || refused || environment["TERM"] === "dumb") return plain;
  return (name, text) => styleText(name, text, { validateStream: false });
}
