import type { CallProtocol } from '../policy/call.ts';
import type { PortPolicy } from '../policy/port-policy.ts';

/** What callers of a port most likely speak, and why; `why` is undefined where the Server itself says so. */
export function assumeProtocol({ protocol, opaqueToCallers }: PortPolicy): { protocol: CallProtocol; why?: string } {
  if (protocol === 'HTTP/1') return { protocol: 'http' };
  if (protocol === 'HTTP/2') return { protocol: 'http2' };
  if (protocol === 'gRPC') return { protocol: 'grpc' };
  if (protocol === 'TLS') return { protocol: 'tls' };
  if (protocol === 'opaque') return { protocol: 'tcp' };
  if (opaqueToCallers !== undefined) return { protocol: 'tcp', why: `taken for plain TCP, because ${opaqueToCallers}` };
  return { protocol: 'http', why: 'taken for HTTP, since the protocol is detected: say --protocol if it is another' };
}
