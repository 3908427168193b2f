#!/usr/bin/env node
/** Refuses a Node too old to load the rest with one sentence instead of a syntax error, then starts cli/main.ts. */
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `meshgraph needs Node.js 22.19 or newer, and this is ${process.versions.node}: install a newer one\n`,
  );
  process.exit(2);
}
const { main } = await import('../dist/main.mjs');
await main();
