export type { Configuration } from "./configuration/setting.ts";
export type { Settings } from "./configuration/settings.ts";
export { BaseCommand, formatFlag } from "./base-command.ts";
export type { Renderers } from "./base-command.ts";
export { DatabaseCommand } from "./database-command.ts";
export { ProjectCommand } from "./project-command.ts";
export type { Style } from "./output/style.ts";
