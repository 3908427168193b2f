import type { Verdict } from '../../policy/verdict.ts';

const FLAGS: Readonly<Record<string, string>> = {
  method: '--method',
  path: '--path',
  host: '--header "Host: NAME"',
  headers: '--header "NAME: VALUE"',
  'client.identity': 'FROM as a workload or identity:NAME',
  'client.address': 'FROM as ip:ADDRESS',
  'client.meshed': 'FROM as a workload',
};

/** What would make an unknown verdict a known one, where the user can tell it. */
export function tellMore({ verdict, missing }: Verdict): { turns: 'known'; what: string } | undefined {
  const flags = missing.flatMap((fact) => FLAGS[fact] ?? []);
  return verdict === 'unknown' && flags.length > 0
    ? { turns: 'known', what: `say ${[...new Set(flags)].join(' and ')}` }
    : undefined;
}
