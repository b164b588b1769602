/** A line of the documentation that no test runs, and why. What `surql` does is always run. */
export interface NotRun {
  readonly begins: string;
  readonly why: string;
}

/** All of them. A new one wants a reason, and a higher number in commands.test.ts. */
export const notRun: readonly NotRun[] = [
  { begins: "npm install ", why: "It asks a registry. The names of the packages are checked." },
  { begins: "npm run ", why: "It takes minutes. That there is such a script is checked." },
  { begins: "npm test", why: "It runs this test." },
  { begins: "export PATH=", why: "It is for the shell of whoever works on the repository." },
  { begins: "vitest ", why: "The tests run by themselves." },
  { begins: "tsc --build --watch", why: "It never ends." },
  { begins: "oxfmt", why: "It writes into the repository; `npm test` checks the same." },
  { begins: "oxlint --fix", why: "It writes into the repository; `npm test` checks the same." },
];
