/** How well a host matches: exact before suffix, then the longer (oracle 1: before the path). */
export type HostRank = readonly [kind: number, length: number];

/**
 * The best of a route's hostnames for the host a request names, `web.example:8080`. `*.example` takes any number of labels
 * in front, at least one; case and a final dot do not matter (linkerd2-proxy http/route, match/host.rs).
 */
export function matchHost(hostnames: readonly string[], host: string): HostRank | undefined {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  const ranks = hostnames.flatMap((hostname): HostRank[] => {
    const wanted = hostname.toLowerCase();
    const given = wanted.endsWith('.') ? name : name.replace(/\.$/, '');
    if (wanted.startsWith('*.')) {
      const suffix = wanted.slice(1);
      return given.endsWith(suffix) && given.length > suffix.length ? [[1, suffix.length]] : [];
    }
    return given === wanted ? [[2, wanted.length]] : [];
  });
  return ranks.sort((a, b) => b[0] - a[0] || b[1] - a[1])[0];
}
