import { readStatement, type Touch } from "../src/index.ts";

/** What a text does. */
export const read = (statement: string): readonly Touch[] => readStatement(statement).touches;

/** The touches, each in a few words: `remove field user.bio`, `delete user?` where it may not run. */
export const brief = (statement: string): string =>
  read(statement)
    .map((touch) => `${describe(touch)}${touch.conditional === true ? "?" : ""}`)
    .join(", ");

function describe(touch: Touch): string {
  if ("object" in touch) {
    const { kind, table, name, level } = touch.object;
    const place = table === undefined ? name : `${table}.${name}`;
    return [touch.effect, kind, place, level].filter(Boolean).join(" ");
  }
  if (touch.effect === "write") return `${touch.verb} ${touch.tables?.join("+") ?? "something"}`;
  if (touch.effect === "call") return `call ${touch.name}`;
  if (touch.effect === "control") return `control ${touch.word}`;
  return touch.effect === "unknown" ? `unknown ${touch.at}` : "read";
}
