import { register as ask } from './commands/ask.ts';
import { register as check } from './commands/check.ts';
import { register as config } from './commands/config.ts';
import { register as graph } from './commands/graph.ts';
import type { Register } from './program.ts';

/**
 * Every command of meshgraph, in the order `--help` lists them. A command's file declares flags and loads what it needs
 * when it is called, so that `meshgraph --help` stays fast.
 */
export const COMMANDS: readonly Register[] = [check, ask, graph, config];
