export * from "@surql/migration";
