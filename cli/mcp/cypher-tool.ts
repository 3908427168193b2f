import type { McpServer } from '@modelcontextprotocol/server';
import { runCypher } from '../../shared/domain/api/cypher.ts';
import type { Reader } from '../../shared/domain/api/operations.ts';
import { READ_ONLY, toolResult } from './tool-result.ts';

const WHEN = 'For what no named question answers; docs/graph.md tells labels, relationships and properties.';

/** One reading statement, behind the fences of every free Cypher. */
export function addCypherTool(server: McpServer, reader: Reader): void {
  const { description, input } = runCypher;
  const config = { title: 'cypher', description: `${WHEN} ${description}`, inputSchema: input, annotations: READ_ONLY };
  server.registerTool('cypher', config, (values) => toolResult(() => reader.runCypher(values)));
}
