import { expect, it } from 'vitest';
import { type InboundServer, ownPolicy, recordedPolicy } from './inbound-server.ts';
import { type Case, policiesOf, readLines } from './oracle.ts';

type Sent = { readonly id: string; readonly ports: Readonly<Record<string, InboundServer>> };

it('works out of the objects what the policy controller itself sent to the proxies, port by port', () => {
  const records = new Map(readLines<Case>('cases.jsonl.gz').map((record) => [record.id, record]));
  let ports = 0;
  for (const sent of readLines<Sent>('inbound-servers.cases.jsonl.gz')) {
    const record = records.get(sent.id);
    if (record === undefined) throw new Error(`expected a case ${sent.id}`);
    const policies = policiesOf(record);
    const workload = policies.find({ namespace: record.server.namespace, name: record.server.name });
    for (const [port, server] of Object.entries(sent.ports)) {
      const own = workload && ownPolicy(policies.portPolicy(workload, Number(port)));
      expect(own, `${sent.id} port ${port}`).toEqual(recordedPolicy(server));
      ports += 1;
    }
  }
  process.stdout.write(`policy controller: ${ports} ports agree\n`);
  expect(ports).toBe(524);
});
