export * from "@surql/connection";
