import type { Command } from 'commander';
import type { Io } from '../io.ts';

export type McpOptions = { readonly cypher: boolean; readonly version: string };

/** `meshgraph mcp`: the questions as tools of an AI assistant, over stdin and stdout. Reads only. */
export function register(program: Command, io: Io): void {
  program
    .command('mcp')
    .description('offer the questions to AI assistants by the Model Context Protocol, read-only, over stdin and stdout')
    .option('--cypher', 'offer free Cypher too, behind the same fences as everywhere', false)
    .action(async (options: Pick<McpOptions, 'cypher'>) => {
      const { serveMcp } = await import('../mcp/serve-mcp.ts');
      await serveMcp(io, { ...options, version: program.version() ?? '' });
    });
}
