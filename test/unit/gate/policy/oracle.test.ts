import { describe, expect, test } from 'vitest';
import type { GateRule } from '../../../../shared/gate/rule.ts';
import { danglingReference } from '../../../../shared/gate/rules/policy/dangling-reference.ts';
import { routeNeverMatches } from '../../../../shared/gate/rules/policy/route-never-matches.ts';
import { serverPortMissing } from '../../../../shared/gate/rules/policy/server-port-missing.ts';
import { serverSelectsNothing } from '../../../../shared/gate/rules/policy/server-selects-nothing.ts';
import { serversOverlap } from '../../../../shared/gate/rules/policy/servers-overlap.ts';
import { type Case, objectsOf, readLines } from '../../linkerd/policy/oracle.ts';
import { judgeRule } from '../judge-rule.ts';

const cases = readLines<Case>('cases.jsonl.gz');

/** Rules that call an object dead: nothing is judged by it. */
const DEAD = [danglingReference, routeNeverMatches, serverPortMissing, serverSelectsNothing, serversOverlap];

/** What the rule calls dead among the objects of a case in the namespace of its pod, as the proxy's counters would name it. */
function dead(rule: GateRule, record: Case): string[] {
  const { existing } = judgeRule(rule, { baseline: { objects: objectsOf(record) } });
  return existing.flatMap(({ severity, at, message }) => {
    const [, kind = '', namespace, name] = /^(\w+)\.[^/]*\/([^/]+)\/(\S+)/.exec(at) ?? [];
    // Low is a port that need not be declared; `nothing there` is one parent of several.
    if (severity === 'low' || message.includes('nothing there') || namespace !== record.namespace) return [];
    return [`${/Route$/.test(kind) ? kind : kind.toLowerCase()}/${name}`];
  });
}

const counted = ({ calls }: Case): Set<string | undefined> =>
  new Set(
    calls.flatMap(({ counted: counters = [] }) => counters.flatMap(({ srv, route, authz }) => [srv, route, authz])),
  );

describe('9,126 calls that real proxies judged under 237 policy sets', () => {
  test.each(DEAD)('no proxy counted a call under what $id calls dead', (rule) => {
    const told = cases.map((record) => ({ record, names: dead(rule, record) })).filter(({ names }) => names.length > 0);
    expect(told.length).toBeGreaterThan(0);
    const alive = told.flatMap(({ record, names }) =>
      names.filter((name) => counted(record).has(name)).map((name) => `${record.id}: ${name}`),
    );
    expect(alive).toEqual([]);
  });
});
