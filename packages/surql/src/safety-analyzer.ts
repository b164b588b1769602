export * from "@surql/safety-analyzer";
