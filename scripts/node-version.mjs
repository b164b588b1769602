// Imported first by whatever a newcomer runs, so it uses only what very old versions of Node understand.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

const supported = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 23;

if (!supported) {
  console.error(
    "surql needs Node 20.19 or later (of Node 22: 22.12 or later; not Node 21); this is Node " +
      process.versions.node +
      ".\nInstall a newer one from https://nodejs.org or with your version manager, then run the command again.",
  );
  process.exit(1);
}
