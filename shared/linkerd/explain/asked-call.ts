import { InvalidInputError } from '../../domain/errors.ts';
import type { Call, CallProtocol } from '../policy/call.ts';

/** What was asked of a call beside its ends: texts still. */
export type AskedCall = {
  readonly port?: string | undefined;
  readonly protocol?: CallProtocol | undefined;
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  /** Each as `name: value`. */
  readonly headers?: readonly string[] | undefined;
};

export type Request = Pick<Call, 'method' | 'path' | 'host' | 'headers'>;

/** The request of a call, as far as it was told. `Host` and `:authority` are its host. Throws InvalidInputError. */
export function readRequest({ method, path, headers = [] }: AskedCall): Request {
  if (path !== undefined && !path.startsWith('/')) throw new InvalidInputError(`a path begins with /, not "${path}"`);
  const named = headers.map((text) => {
    const [, name, value] = /^(:?[^:\s]+)\s*:\s*(.*)$/.exec(text) ?? [];
    if (name === undefined) throw new InvalidInputError(`a header is written "name: value", not "${text}"`);
    return [name.toLowerCase(), value ?? ''] as const;
  });
  const host = named.find(([name]) => name === 'host' || name === ':authority')?.[1];
  const others = named.filter(([name]) => name !== 'host' && name !== ':authority');
  return {
    ...(method === undefined ? {} : { method: method.toUpperCase() }),
    ...(path === undefined ? {} : { path }),
    ...(host === undefined ? {} : { host }),
    ...(others.length === 0 ? {} : { headers: Object.fromEntries(others) }),
  };
}
