import { stringify } from 'yaml';
import { formatInstant } from '../../shared/domain/instant.ts';
import type { Explained } from '../../shared/linkerd/explain/explain-call.ts';
import type { Observed } from '../../shared/linkerd/explain/observed.ts';
import type { Io } from '../io.ts';
import { mark, type Outcome } from '../output/mark.ts';
import { paint } from '../output/paint.ts';

export type Told = {
  readonly cluster: string | null;
  readonly at: number | null;
  readonly from: string;
  readonly to: string;
  /** What to know of where this comes from. */
  readonly about: readonly string[];
  readonly answers: readonly Explained[];
};

const MARKS: Readonly<Record<Explained['verdict'], Outcome>> = {
  allowed: 'ok',
  'not-enforced': 'warning',
  audited: 'warning',
  unknown: 'warning',
  denied: 'failure',
  broken: 'failure',
  'rate-limited': 'failure',
};

/** One screen: for each port the verdict, why, how such calls went, and what would turn it. Ends with a newline. */
export function renderExplanation(io: Pick<Io, 'colour'>, told: Told): string {
  const { cluster, at, from, to, answers } = told;
  const when = cluster === null || at === null ? '' : ` (${cluster}, as of ${formatInstant(at)})`;
  const head = `${paint(io, 'bold', `${from} → ${to}`)}${when}`;
  const notes = told.about.map((note) => `note: ${note}`);
  return `${[head, ...answers.flatMap((answer) => answerLines(io, answer)), ...(notes.length > 0 ? ['', ...notes] : [])].join('\n')}\n`;
}

function answerLines(io: Pick<Io, 'colour'>, answer: Explained): string[] {
  const { verdict, status, port, protocol, reason, between, observed, change } = answer;
  const how = status === null ? '' : status === 'closed' ? ', connection closed' : ` with ${status}`;
  const whose = between === null ? '' : ` for ${few(between.callers)} at ${few(between.callees)}`;
  return [
    '',
    `${mark(io, MARKS[verdict])} ${paint(io, 'bold', `port ${port}`)} (${protocol}): ${paint(io, 'bold', `${verdict}${how}`)}${whose}`,
    line('because', reason),
    ...policyLines(answer),
    ...answer.failed.map(({ authorization: { kind, name }, message }) => line('failed', `${kind} ${name}: ${message}`)),
    ...answer.notes.map((note) => line('note', note)),
    ...(observed ? [line('seen', seenWords(observed))] : []),
    ...(change ? changeLines(change) : []),
  ];
}

function policyLines({ server, route, authorizations }: Explained): string[] {
  const place = (namespace: string, name: string) => (namespace === '' ? name : `${namespace}/${name}`);
  return [
    ...(server ? [line('server', `${server.kind} ${place(server.namespace, server.name)}: ${server.reason}`)] : []),
    ...(route && route.kind !== 'default'
      ? [line('route', `${route.kind} ${place(route.namespace, route.name)}`)]
      : []),
    ...authorizations.map(({ kind, namespace, name }) => line('admitted by', `${kind} ${place(namespace, name)}`)),
  ];
}

function changeLines({ turns, what, made: manifests }: NonNullable<Explained['change']>): string[] {
  const made =
    manifests.length === 0
      ? []
      : [
          manifests
            .map((one) => stringify(one))
            .join('---\n')
            .trimEnd(),
        ];
  const label = turns === 'known' ? 'to know' : `to have it ${turns}`;
  return [line(label, what), ...made.flatMap((yaml) => yaml.split('\n').map((text) => `      ${text}`))];
}

function seenWords({ calls, since, at, of }: Observed): string {
  if (calls.length === 0) return `no such call from ${formatInstant(since)} to ${formatInstant(at)}`;
  const whose = of === 'caller' ? '' : `of ${of}: `;
  const went = calls
    .map(({ verdict, count, unit, failures, last }) => {
      const failed = failures > 0 ? `, ${failures} failed` : '';
      return `${count} ${unit} ${verdict === 'unknown' ? 'without a known verdict' : verdict}${failed}, last ${formatInstant(last)}`;
    })
    .join('; ');
  return whose + went;
}

const line = (label: string, text: string): string => `  ${label}: ${text}`;

const few = (names: readonly string[]): string =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ') || 'it';
