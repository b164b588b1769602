import { SurqlError } from "surql/errors";
import { settings } from "./setting.ts";

/** What to call the flags of a command as a source of configuration. */
export const commandLine = "the command line";

/** A source of configuration says something that cannot be. */
export function invalidConfiguration(source: string, problems: readonly string[]): SurqlError {
  const isOfFlags = source === commandLine;
  const keys = settings.map((setting) => setting.key).join(", ");
  return new SurqlError({
    code: "CONFIG.INVALID",
    category: "usage",
    message: `${isOfFlags ? "The command line" : `The configuration in ${source}`} is not valid: ${problems.join("; ")}.`,
    nextActions: [
      isOfFlags
        ? "Correct the flag; --help shows what each takes."
        : `Correct it. The settings are ${keys}; a file has policies, preserve and drift too.`,
    ],
    meta: { source, problems },
  });
}

/** A configuration file cannot be read, parsed or run. */
export function unreadableConfiguration(path: string, cause: unknown): SurqlError {
  return new SurqlError({
    code: "CONFIG.UNREADABLE",
    category: "usage",
    message: `Cannot read the configuration file ${path}.`,
    why: cause instanceof Error ? cause.message : String(cause),
    nextActions: ["Correct the file, or remove it and run `surql init`."],
    meta: { path },
    cause,
  });
}

/** Some of what signing in needs is there, and some is missing or contradicts the rest. */
export function invalidCredentials(problem: string, nextAction: string): SurqlError {
  return new SurqlError({
    code: "CONFIG.INVALID_CREDENTIALS",
    category: "usage",
    message: problem,
    nextActions: [nextAction],
  });
}

/** A configuration file is a program, in which nothing can be added safely. */
export function configurationNotEditable(
  path: string,
  rules: readonly { readonly path: string; readonly reason: string }[],
): SurqlError {
  const lines = rules.map(
    (rule) => `{ path: ${JSON.stringify(rule.path)}, reason: ${JSON.stringify(rule.reason)} },`,
  );
  return new SurqlError({
    code: "CONFIG.NOT_EDITABLE",
    category: "usage",
    message: `${path} is a program, and is not edited. No rule was written.`,
    nextActions: [`Add to its list drift: { ignore: [ ] }:\n${lines.join("\n")}`],
    meta: { path, lines },
  });
}
