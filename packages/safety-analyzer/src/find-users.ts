import { quoteString, unquoteIdentifier, type ObjectReference } from "@surql/surrealql";
import type { TouchContext } from "./define-rule.ts";
import { firstPart } from "./field-path.ts";
import type { LiveDefinition } from "./live-schema.ts";
import { isGone } from "./schema-timeline.ts";
import { usesField, usesTable } from "./uses-of-data.ts";
import { spelledTokens } from "./spelled-tokens.ts";

/** How many users a sentence names. */
const named = 5;

/** The definitions of the live schema that mention an object, as the plan leaves them. */
export function findUsers(
  object: ObjectReference,
  context: TouchContext,
): readonly LiveDefinition[] {
  const word = unquoteIdentifier(firstPart(object.name.split("::").at(-1)!));
  return [...context.live.search(word)].flatMap((user) => {
    const now = atEnd(user, context);
    return now !== undefined && uses(now, object) ? [now] : [];
  });
}

/** `fn::first, post.seen`, the first few. */
export function listUsers(paths: readonly string[]): string {
  return paths.slice(0, named).join(", ") + (paths.length > named ? ", …" : "");
}

function uses(user: LiveDefinition, object: ObjectReference): boolean {
  if (object.kind === "table") return usesTable(user, object.name);
  if (object.kind === "field") return usesField(user, object);
  const isItself = user.object.kind === object.kind && user.object.name === object.name;
  return !isItself && mentions(user.text, object);
}

/** A function, and all those that call it, at once or by way of others; or a parameter, and the functions that read it. */
export function findCallers(
  changed: ObjectReference,
  context: TouchContext,
): readonly ObjectReference[] {
  const callers = new Map<string, ObjectReference>();
  const follow = (object: ObjectReference): void => {
    if (callers.has(object.name)) return;
    callers.set(object.name, object);
    for (const user of findUsers(object, context)) {
      if (user.object.kind === "function") follow(user.object);
    }
  };
  follow(changed);
  return [...callers.values()];
}

/** A definition as the plan leaves it; `undefined` when it goes. */
function atEnd(definition: LiveDefinition, context: TouchContext): LiveDefinition | undefined {
  const { object } = definition;
  const end = context.atEnd(object);
  if (isGone(end)) return undefined;
  const { clauses } = end;
  if (clauses === undefined || clauses === definition.clauses) return definition;
  return { object, clauses, text: Object.entries(clauses).flat().join(" ") };
}

/** Whether a definition, or a part of one, names an object. */
export function mentions(text: string, object: ObjectReference): boolean {
  const words = spelledTokens(text).map(unquoteIdentifier);
  return spellings(object).some((wanted) =>
    words.some(
      (_, at) =>
        wanted.every((word, index) => words[at + index]?.toLowerCase() === word.toLowerCase()) &&
        words[at + wanted.length] !== "::",
    ),
  );
}

/** How something else can name it. */
function spellings({ kind, name }: ObjectReference): readonly (readonly string[])[] {
  if (kind === "param") return [[`$${name}`]];
  if (kind !== "analyzer") return [name.split(/(::)/)];
  return [
    ["ANALYZER", name],
    ["search", "::", "analyze", "(", quoteString(name)],
  ];
}
