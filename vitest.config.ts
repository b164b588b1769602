import { defineConfig } from "vitest/config";

// Tests read every package from its source: no build is needed to run them.
const conditions = ["@surql/source", "module", "node", "import", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["packages/*/test/**/*.test.ts", "apps/*/test/**/*.test.ts", "test/**/*.test.ts"],
    disableConsoleIntercept: true,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Processes, not threads: the embedded engine does not survive the end of a worker thread.
    pool: "forks",
    maxWorkers: 2,
  },
});
