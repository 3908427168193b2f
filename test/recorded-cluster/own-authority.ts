import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server's key and certificate for 127.0.0.1, and the authority that signed it; all PEM. */
export type ServerIdentity = { readonly ca: string; readonly cert: string; readonly key: string };

/** A certificate of an authority made for this one server, by OpenSSL, good for a day. */
export function serverIdentity(): ServerIdentity {
  const folder = mkdtempSync(join(tmpdir(), 'meshgraph-authority-'));
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const keys = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  try {
    const authority = ['-x509', '-days', '1', '-subj', '/CN=recorded-cluster', '-keyout', 'ca.key', '-out', 'ca.crt'];
    openssl('req', ...keys, ...authority);
    openssl('req', ...keys, '-subj', '/CN=kube-apiserver', '-keyout', 'server.key', '-out', 'server.csr');
    writeFileSync(
      join(folder, 'server.ext'),
      'subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth\n',
    );
    const signing = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '1', '-extfile', 'server.ext'];
    openssl('x509', '-req', '-in', 'server.csr', ...signing, '-out', 'server.crt');
    return { ca: read('ca.crt'), cert: read('server.crt'), key: read('server.key') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
