import type { CallToolResult } from '@modelcontextprotocol/server';
import { MeshgraphError } from '../../shared/domain/errors.ts';

/** What a tool answers: the same as JSON to read and as a value. An error is told in its one sentence, and no trace. */
export async function toolResult(answer: () => Promise<object>): Promise<CallToolResult> {
  try {
    const structuredContent = { ...(await answer()) };
    return { content: [{ type: 'text', text: JSON.stringify(structuredContent) }], structuredContent };
  } catch (error) {
    const text = error instanceof MeshgraphError ? error.message : 'meshgraph failed in a way it did not expect';
    return { content: [{ type: 'text', text }], isError: true };
  }
}

/** What all tools of meshgraph are, as assistants ask before they let one run unasked. */
export const READ_ONLY = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };
