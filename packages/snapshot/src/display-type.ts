import { tokenize } from "@surql/surrealql";

/** What was read of a bracket: whole members, the alternatives of the one being read, and the last of those. */
interface Open {
  readonly bracket: string;
  members: string;
  alternatives: string[];
  current: string;
}

/**
 * Writes a canonical type as people write it. The engine writes what is optional as a union with `none`,
 * wherever it stands: `none | array<int | none, 3>` is shown as `option<array<option<int>, 3>>`.
 */
export function displayType(type: string): string {
  const outer: Open[] = [];
  let open = bracket("");
  for (const { kind, text } of tokenize(type)) {
    if (kind !== "symbol") open.current += text;
    else if (text === "|") nextAlternative(open);
    else if (text === "," || text === ":") nextMember(open, text);
    else if (/^[<[{(]$/.test(text)) {
      outer.push(open);
      open = bracket(text);
    } else if (/^[>\]})]$/.test(text)) {
      const content = open.bracket === "{" ? spaced(written(open)) : written(open);
      const closed = open.bracket + content + text;
      open = outer.pop() ?? bracket("");
      open.current += closed;
    } else open.current += text;
  }
  return written(open);
}

function bracket(text: string): Open {
  return { bracket: text, members: "", alternatives: [], current: "" };
}

function nextAlternative(open: Open): void {
  open.alternatives.push(open.current.trim());
  open.current = "";
}

function nextMember(open: Open, separator: string): void {
  open.members = `${written(open)}${separator} `;
  open.alternatives = [];
  open.current = "";
}

function written({ members, alternatives, current }: Open): string {
  const all = [...alternatives, current.trim()];
  const some = all.filter((alternative) => alternative !== "none");
  const isOptional = some.length > 0 && some.length < all.length;
  return members + (isOptional ? `option<${some.join(" | ")}>` : all.join(" | "));
}

function spaced(content: string): string {
  return content === "" ? "" : ` ${content} `;
}
