/** A path in its steps, each under what tells its kind apart: nothing for tables, `fn`, `$`, or a word such as `access`. */
interface Steps {
  readonly kind: string;
  readonly names: readonly string[];
}

/** A path in which names may hold `*`. */
export interface PathPattern {
  readonly kind: string;
  /** How many steps it has: 1 for a table, 2 and more for what belongs to one. */
  readonly length: number;
  /** Whether it stands for a path, or for the beginning of one. */
  readonly matches: (path: string) => "itself" | "above" | undefined;
}

/** Names between dots; one in backticks may hold dots. */
const stepShape = /(?:`(?:\\.|[^`\\])*`|[^.`])+/g;

/** Reads a pattern. `undefined` for what is no path. Pure. */
export function readPattern(text: string): PathPattern | undefined {
  const steps = readSteps(text);
  if (steps === undefined) return undefined;
  const { kind, names } = steps;
  const tests = names.map(
    (name) => new RegExp(`^${name.split("*").map(literal).join(".*")}$`, "s"),
  );
  return {
    kind,
    length: names.length,
    matches: (path) => {
      const found = readSteps(path);
      if (found === undefined || found.kind !== kind || found.names.length < names.length) {
        return undefined;
      }
      if (!tests.every((test, at) => test.test(found.names[at] ?? ""))) return undefined;
      return found.names.length === names.length ? "itself" : "above";
    },
  };
}

function readSteps(path: string): Steps | undefined {
  const [, sign = "", name = ""] = /^(fn::|\$|[a-z]+ )(.*)$/s.exec(path) ?? [];
  if (sign !== "") return name === "" ? undefined : { kind: sign, names: [name] };
  const names = path.match(stepShape) ?? [];
  return names.length > 0 && names.join(".") === path ? { kind: "", names } : undefined;
}

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
