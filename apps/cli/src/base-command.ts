import { setTimeout as delay } from "node:timers/promises";
import { Command, Errors, Flags } from "@oclif/core";
import type { Interfaces } from "@oclif/core";
import type { SurqlError } from "surql/errors";
import { endedEarly, interrupted } from "./errors.ts";
import { exitCodeOf } from "./exit-code.ts";
import { errorDocument, printFailure, renderFailure } from "./output/failure.ts";
import { processOutput } from "./output/output.ts";
import type { Output } from "./output/output.ts";
import type { Style } from "./output/style.ts";
import { wantsJson } from "./output/wants-json.ts";
import { toSurqlError } from "./to-surql-error.ts";

/** What asks a command to end: Ctrl-C, and whoever started it. */
const interrupts = ["SIGINT", "SIGTERM"] as const;
/** How long giving back what a command holds may take when it is not waited for. */
const abandonMs = 2000;
/** Whoever sends SIGTERM soon sends what cannot be caught. */
const patienceMs = 5000;

/** The flags of a command, its base classes' included. */
export type FlagsOf<C extends typeof Command> = Interfaces.InferredFlags<
  (typeof BaseCommand)["baseFlags"] & C["baseFlags"] & C["flags"]
>;
/** The arguments of a command. */
export type ArgsOf<C extends typeof Command> = Interfaces.InferredArgs<C["args"]>;

/** Text for a document, by the name that `--format` gives it. `json` needs none. */
export type Renderers<T> = Readonly<
  Record<string, (document: T, style: Style) => string | Promise<string>>
> & { readonly table: (document: T, style: Style) => string | Promise<string> };

/** The `--format` flag of a command that knows these formats. */
export function formatFlag<const F extends readonly string[]>(
  formats: F,
): Interfaces.OptionFlag<F[number]> {
  return Flags.option({ options: formats })({
    summary: "How to print the result",
    default: formats[0],
    helpGroup: "GLOBAL",
  });
}

/**
 * What every command does: read its flags, print one document, turn what is thrown into a message
 * and an exit code.
 */
export abstract class BaseCommand<C extends typeof Command> extends Command {
  static override baseFlags = {
    format: formatFlag(["table", "json"]),
    json: Flags.boolean({ summary: "The same as --format json", helpGroup: "GLOBAL" }),
  };

  protected flags!: FlagsOf<C>;
  protected args!: ArgsOf<C>;
  protected readonly output: Output = processOutput();
  #interrupted = false;
  #isStopping = false;
  readonly #onInterrupt = (signal: NodeJS.Signals): void => void this.#interrupt(signal);

  readonly #onExit = (): void => {
    printFailure(this.output, endedEarly(), wantsJson(this.argv));
    process.exitCode = exitCodeOf("failure");
  };

  override async init(): Promise<void> {
    await super.init();
    for (const signal of interrupts) process.on(signal, this.#onInterrupt);
    process.once("exit", this.#onExit);
    const { args, flags } = await this.parse({
      flags: this.ctor.flags,
      baseFlags: this.ctor.baseFlags,
      args: this.ctor.args,
      strict: this.ctor.strict,
    });
    this.flags = flags as FlagsOf<C>;
    this.args = args as ArgsOf<C>;
  }

  /** Prints the result of the command in the format that was asked for. */
  protected async show<T>(document: T, renderers: Renderers<T>): Promise<void> {
    await this.#stopIfInterrupted();
    if (wantsJson(this.argv)) return this.output.document(document);
    const render = renderers[this.flags.format] ?? renderers.table;
    const text = await render(document, this.output.style);
    const format: string = this.flags.format;
    if (format === "sql") this.output.code(text);
    else this.output.text(text);
  }

  /** Prints a result that is bad news, and exits as the error says. Programs find the error beside the result. */
  protected async showFinding<T extends object>(
    document: T,
    error: SurqlError,
    renderers: Renderers<T>,
  ): Promise<never> {
    await this.show({ ...document, error: errorDocument(error) }, renderers);
    if (!wantsJson(this.argv)) this.output.note(renderFailure(error, this.output.noteStyle));
    throw new Errors.ExitError(exitCodeOf(error.category));
  }

  protected override async catch(thrown: unknown): Promise<void> {
    await this.#stopIfInterrupted();
    if (thrown instanceof Errors.ExitError) throw thrown;
    this.debug(thrown);
    const error = toSurqlError(thrown, (this.id ?? "").replaceAll(":", " "));
    printFailure(this.output, error, wantsJson(this.argv));
    throw new Errors.ExitError(exitCodeOf(error.category));
  }

  protected override async finally(): Promise<void> {
    await this.#stopIfInterrupted();
    for (const signal of interrupts) process.removeListener(signal, this.#onInterrupt);
    process.removeListener("exit", this.#onExit);
    // What was asked for is done by now, and said.
    await this.close().catch((error: unknown) => this.debug(error));
    await this.output.flush();
  }

  /** Gives back what the command holds. */
  protected async close(): Promise<void> {}

  /**
   * Begins nothing more.
   *
   * @returns Whether something is under way that comes to its end soon, and then says how far the command came.
   */
  protected async stop(): Promise<boolean> {
    return false;
  }

  /** What has to be put right before the process ends without waiting. */
  protected async abandon(): Promise<void> {}

  /** Lets {@link #interrupt} have the last word. */
  async #stopIfInterrupted(): Promise<void> {
    if (this.#interrupted) await new Promise(() => {});
  }

  /** The first Ctrl-C stops behind what is under way, the second one at once. */
  async #interrupt(signal: NodeJS.Signals): Promise<void> {
    if (this.#interrupted) process.exit(exitCodeOf("interrupted"));
    if (!this.#isStopping) {
      this.#isStopping = true;
      const isUnderWay = await Promise.race([this.stop(), delay(abandonMs, false)]).catch(
        () => false,
      );
      if (isUnderWay) {
        this.output.note("Stopping behind what is under way. Ctrl-C again ends it at once.");
        if (signal === "SIGINT") return;
        await delay(patienceMs, undefined, { ref: false });
      }
    }
    if (this.#interrupted) return;
    this.#interrupted = true;
    await Promise.race([this.abandon().catch(() => {}), delay(abandonMs)]);
    printFailure(this.output, interrupted(), wantsJson(this.argv));
    await this.output.flush();
    process.removeListener("exit", this.#onExit);
    process.exit(exitCodeOf("interrupted"));
  }
}
