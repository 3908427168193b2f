import { type CallProtocol, isHttp } from './call.ts';
import type { ProxyProtocol } from './server.ts';
import type { Status } from './verdict.ts';

/** What is judged: each request, the connection, or nothing, because the two sides do not speak the same. */
export type Session =
  | { readonly judged: 'request' }
  | { readonly judged: 'connection'; readonly note?: string }
  | { readonly judged: 'nothing'; readonly status: Status; readonly what: string };

type Spoken = {
  readonly call: CallProtocol;
  readonly server: ProxyProtocol;
  readonly tls: boolean;
  /** Why the client's proxy sends bytes. */
  readonly opaqueToCallers: string | undefined;
  readonly throughService: boolean;
  readonly serverSpeaksFirst: boolean;
};

/** The protocol table of reference 3.4 as the proxies keep it (oracle 2-6, 11). */
export function sessionOf(spoken: Spoken): Session {
  return spoken.tls ? fromMesh(spoken) : fromOutside(spoken);
}

const CONNECTION: Session = { judged: 'connection' };
const REQUEST: Session = { judged: 'request' };
const broken = (status: Status, what: string): Session => ({ judged: 'nothing', status, what });

const speaksHttp = (server: ProxyProtocol): boolean => server === 'HTTP/1' || server === 'HTTP/2' || server === 'gRPC';

/** Meshed callers translate HTTP, so its version does not matter. */
function fromMesh({ call, server, opaqueToCallers, throughService, serverSpeaksFirst }: Spoken): Session {
  const http = isHttp(call) && !serverSpeaksFirst;
  if (opaqueToCallers !== undefined) {
    if (!speaksHttp(server)) return CONNECTION;
    const what = `meshed callers send bytes, because ${opaqueToCallers}, to a Server that speaks ${server}`;
    return broken(throughService && http ? 502 : 'closed', what);
  }
  if (!http) {
    if (speaksHttp(server)) return broken('closed', `the Server speaks ${server}, the call is no HTTP`);
    return serverSpeaksFirst && server === 'unknown'
      ? { judged: 'connection', note: 'it passes only after protocol detection has timed out: mark the port opaque' }
      : CONNECTION;
  }
  return server === 'TLS' ? broken(404, 'HTTP of a meshed caller finds no route on a Server that speaks TLS') : REQUEST;
}

/** What is not translated must fit. */
function fromOutside({ call, server, serverSpeaksFirst }: Spoken): Session {
  if (server === 'opaque' || server === 'TLS') return CONNECTION;
  if (serverSpeaksFirst)
    return broken('closed', 'the server speaks first on a port that is not opaque, to a caller without mesh');
  if (server === 'unknown') return isHttp(call) ? REQUEST : CONNECTION;
  if (server === 'HTTP/1') {
    if (call === 'http') return REQUEST;
    return broken(call === 'tcp' ? 400 : 'closed', `the Server speaks HTTP/1, the call is ${call}`);
  }
  if (call === 'http2' || call === 'grpc') return REQUEST;
  return broken('closed', `the Server speaks ${server} and answers with HTTP/2 frames, the call is ${call}`);
}
