import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { readCertificates } from '../../../functions/read-certificates/read-certificates.ts';
import { ContractError, ForbiddenError, NotFoundError } from '../../../shared/domain/errors.ts';
import type { ClusterLister } from '../../../shared/kubernetes/lister.ts';

/** A self-signed certificate and its fingerprint, both by OpenSSL. */
function anchor(): { pem: string; fingerprint: string } {
  const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=root'];
  const pem = execFileSync('openssl', [...args, '-keyout', '/dev/null', '-days', '1'], { stdio: 'pipe' }).toString();
  const told = execFileSync('openssl', ['x509', '-noout', '-fingerprint', '-sha256'], { input: pem }).toString();
  return { pem, fingerprint: told.trim().split('=')[1]!.replaceAll(':', '').toLowerCase() };
}

const lister = (namespaces: { name: string; labels?: Record<string, string> }[], maps: Record<string, string>) =>
  ({
    async *list() {
      yield { items: namespaces.map((metadata) => ({ metadata })), resourceVersion: '1' };
    },
    getConfigMap: async (namespace: string, name: string) => {
      const bundle = maps[`${namespace}/${name}`];
      return bundle === undefined ? undefined : { metadata: { name }, data: { 'ca-bundle.crt': bundle } };
    },
  }) as unknown as ClusterLister;

const PLANE = { name: 'mesh', labels: { 'linkerd.io/is-control-plane': 'true' } };

test('the anchors of the trust bundle, in the namespace that is labelled as the control plane’s', async () => {
  const [old, next] = [anchor(), anchor()];
  const bundle = { 'mesh/linkerd-identity-trust-roots': old.pem + next.pem };
  const { anchors } = await readCertificates(lister([{ name: 'shop' }, PLANE], bundle));
  expect(anchors).toEqual([old.fingerprint, next.fingerprint].sort());
});

test('without the label it is looked for where Linkerd puts it', async () => {
  const { pem, fingerprint } = anchor();
  const list = lister([{ name: 'shop' }], { 'linkerd/linkerd-identity-trust-roots': pem });
  expect((await readCertificates(list)).anchors).toEqual([fingerprint]);
});

test('no bundle, and one that is no PEM, are told apart', async () => {
  await expect(readCertificates(lister([PLANE], {}))).rejects.toThrow(NotFoundError);
  await expect(readCertificates(lister([PLANE], {}))).rejects.toThrow(/is Linkerd 2.12 or later installed there/);
  const broken = lister([PLANE], { 'mesh/linkerd-identity-trust-roots': 'hello' });
  await expect(readCertificates(broken)).rejects.toThrow(ContractError);
});

test('a refusal stays one', async () => {
  const forbidden = { ...lister([PLANE], {}), getConfigMap: () => Promise.reject(new ForbiddenError('no')) };
  await expect(readCertificates(forbidden)).rejects.toThrow(ForbiddenError);
});
