import { register as ask } from './commands/ask.ts';
import { register as capture } from './commands/capture.ts';
import { register as check } from './commands/check.ts';
import { register as config } from './commands/config.ts';
import { register as demo } from './commands/demo.ts';
import { register as deploy } from './commands/deploy.ts';
import { register as diff } from './commands/diff.ts';
import { register as explain } from './commands/explain.ts';
import { register as exportTopology } from './commands/export.ts';
import { register as findings } from './commands/findings.ts';
import { register as gate } from './commands/gate.ts';
import { register as graph } from './commands/graph.ts';
import { register as mcp } from './commands/mcp.ts';
import { register as rbac } from './commands/rbac.ts';
import { register as redrive } from './commands/redrive.ts';
import { register as replay } from './commands/replay.ts';
import { register as report } from './commands/report.ts';
import { register as scan } from './commands/scan.ts';
import { register as suggest } from './commands/suggest.ts';
import type { Register } from './program.ts';

/**
 * Every command of meshgraph, in the order `--help` lists them. A command's file declares flags and loads what it needs
 * when it is called, so that `meshgraph --help` stays fast.
 */
export const COMMANDS: readonly Register[] = [
  demo,
  scan,
  capture,
  check,
  findings,
  report,
  ask,
  explain,
  gate,
  suggest,
  diff,
  mcp,
  exportTopology,
  replay,
  redrive,
  graph,
  rbac,
  deploy,
  config,
];
