export * from "@surql/graph";
