import type { McpServer } from '@modelcontextprotocol/server';
import { listFindings } from '../../shared/domain/api/findings.ts';
import type { Reader } from '../../shared/domain/api/operations.ts';
import { READ_ONLY, toolResult } from './tool-result.ts';

/** The findings that evaluations recorded, page by page. */
export function addFindingsTool(server: McpServer, reader: Reader): void {
  const { description, input } = listFindings;
  const config = { title: 'findings', description, inputSchema: input, annotations: READ_ONLY };
  server.registerTool('findings', config, (values) => toolResult(() => reader.listFindings(values)));
}
