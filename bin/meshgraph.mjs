#!/usr/bin/env node
/** Says in one sentence why meshgraph cannot start here, where the rest could only fail; otherwise runs cli/main.ts. */
import { existsSync } from 'node:fs';

const refuse = (sentence) => {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
};

const program = new URL('../dist/main.mjs', import.meta.url);
if (!existsSync(program)) refuse('meshgraph is not built yet: run `npm ci` in its folder');

const { node } = process.versions;
const [major, minor] = node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) refuse(`meshgraph needs Node.js 22.19 or newer, and this is ${node}`);

// Traces then name the TypeScript sources.
if (process.env.MESHGRAPH_DEBUG) process.setSourceMapsEnabled(true);
const { main } = await import(program);
await main();
