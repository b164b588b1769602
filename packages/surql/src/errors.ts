export * from "@surql/errors";
