import { isHttp } from '../../policy/call.ts';
import { type Candidate, type Case, findObject, titleOf, withSpec } from './candidate.ts';

/** Another proxyProtocol on the Server, where the two sides do not speak the same. */
export function speakProtocol({ state: { objects }, call, verdict }: Case): Candidate[] {
  if (verdict.verdict !== 'broken' || verdict.server?.kind !== 'Server') return [];
  const server = findObject(objects, { ...verdict.server, kind: 'Server' });
  if (server === undefined) return [];
  const protocols = isHttp(call.protocol)
    ? ['unknown', 'HTTP/1', 'HTTP/2', 'gRPC', 'opaque']
    : ['opaque', 'TLS', 'unknown'];
  return protocols.map((proxyProtocol) => ({
    what: `set proxyProtocol of ${titleOf(server)} to ${proxyProtocol}`,
    objects: [withSpec(server, { proxyProtocol })],
  }));
}
