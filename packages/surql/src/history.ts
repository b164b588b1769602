export * from "@surql/history";
