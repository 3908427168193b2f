import { InvalidInputError, NotFoundError } from '../../domain/errors.ts';
import type { Workload } from '../policy/workload.ts';
import type { MeshState } from './mesh-state.ts';
import type { End } from './resolve-end.ts';

/** The proxy's own: where meshed calls enter, and its metrics. */
const PROXY_PORTS = [4143, 4190, 4191];

/**
 * The ports asked about: the one named by number or name, else all the callee declares. Throws NotFoundError for a port
 * it has not, InvalidInputError where none can be told.
 */
export function choosePorts({ policies }: MeshState, { shown, workload }: End, asked: string | undefined): number[] {
  const ports = workload?.ports ?? [];
  const instances = workload?.instances ?? [];
  if (asked === undefined) {
    if (ports.length > 0) return [...ports];
    throw new InvalidInputError(`${shown} declares no port: say which is called with --port`);
  }
  if (!/^\d+$/.test(asked)) return byName(instances, shown, ports, asked);
  const port = Number(asked);
  if (port < 1 || port > 65_535) throw new InvalidInputError(`a port is a number from 1 to 65535, not ${asked}`);
  const known = ports.length === 0 || ports.includes(port) || PROXY_PORTS.includes(port);
  if (known || instances.some((one) => policies.portPolicy(one, port).server !== undefined)) return [port];
  throw new NotFoundError(`${shown} has no port ${port} and no Server names it; it declares ${ports.join(', ')}`);
}

function byName(instances: readonly Workload[], shown: string, ports: readonly number[], name: string): number[] {
  const found = [...new Set(instances.flatMap(({ namedPorts }) => namedPorts.get(name) ?? []))];
  if (found.length > 0) return found.sort((a, b) => a - b);
  const names = [...new Set(instances.flatMap(({ namedPorts }) => [...namedPorts.keys()]))];
  const declared = [...names, ...ports].join(', ') || 'none';
  throw new NotFoundError(`${shown} has no port named "${name}"; it declares ${declared}`);
}
