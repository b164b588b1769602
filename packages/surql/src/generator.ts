export * from "@surql/generator";
