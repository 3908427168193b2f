import { describe, expect, it } from 'vitest';
import type { CallProtocol } from '../../../../shared/linkerd/policy/call.ts';
import type { ProxyProtocol } from '../../../../shared/linkerd/policy/server.ts';
import { sessionOf } from '../../../../shared/linkerd/policy/session.ts';

const CALLS: readonly CallProtocol[] = ['http', 'http2', 'grpc', 'tcp', 'tls'];

/** One letter a call of CALLS: r(equest), c(onnection), or what breaks: x closed, 4 = 400, n = 404. */
function row(server: ProxyProtocol, tls: boolean, opaque = false): string {
  const more = { opaqueToCallers: opaque ? 'told so' : undefined, throughService: false, serverSpeaksFirst: false };
  return CALLS.map((call) => {
    const session = sessionOf({ call, server, tls, ...more });
    if (session.judged === 'nothing') return session.status === 'closed' ? 'x' : session.status === 404 ? 'n' : '4';
    return session.judged.charAt(0);
  }).join('');
}

describe('what is judged, by who calls how what kind of Server', () => {
  it.each([
    ['unknown', 'rrrcc'],
    ['HTTP/1', 'rrrxx'],
    ['HTTP/2', 'rrrxx'],
    ['gRPC', 'rrrxx'],
    ['TLS', 'nnncc'],
  ] as const)('meshed to %s: %s', (server, expected) => {
    expect(row(server, true)).toBe(expected);
  });

  it.each([
    ['unknown', 'ccccc'],
    ['opaque', 'ccccc'],
    ['TLS', 'ccccc'],
    ['HTTP/1', 'xxxxx'],
    ['HTTP/2', 'xxxxx'],
    ['gRPC', 'xxxxx'],
  ] as const)('meshed and told opaque to %s: %s', (server, expected) => {
    expect(row(server, true, true)).toBe(expected);
  });

  it.each([
    ['unknown', 'rrrcc'],
    ['opaque', 'ccccc'],
    ['TLS', 'ccccc'],
    ['HTTP/1', 'rxx4x'],
    ['HTTP/2', 'xrrxx'],
    ['gRPC', 'xrrxx'],
  ] as const)('without mesh to %s: %s', (server, expected) => {
    expect(row(server, false)).toBe(expected);
  });

  it('answers 502 where a Service stands between', () => {
    const spoken = {
      call: 'http',
      server: 'HTTP/1',
      tls: true,
      opaqueToCallers: 'told so',
      serverSpeaksFirst: false,
    } as const;
    expect(sessionOf({ ...spoken, throughService: true })).toMatchObject({ judged: 'nothing', status: 502 });
  });

  it('lets a server speak first to meshed callers only, unless the port is opaque', () => {
    const spoken = {
      call: 'tcp',
      server: 'unknown',
      opaqueToCallers: undefined,
      throughService: false,
      serverSpeaksFirst: true,
    } as const;
    expect(sessionOf({ ...spoken, tls: true })).toMatchObject({
      judged: 'connection',
      note: expect.stringContaining('opaque'),
    });
    expect(sessionOf({ ...spoken, tls: false })).toMatchObject({ judged: 'nothing', status: 'closed' });
    expect(sessionOf({ ...spoken, tls: false, server: 'opaque' })).toEqual({ judged: 'connection' });
  });
});
