import { defineQuestion } from '../question.ts';
import { toldOf } from '../rows-of.ts';
import ledger from '../watched/query.cypher';
import { QUIET } from '../watched/quiet.ts';
import { quietMs, transformWatched } from '../watched/watched.ts';
import denials from './denials.cypher';
import facts from './facts.cypher';
import findings from './findings.cypher';
import {
  callHappenings,
  denialHappenings,
  factHappenings,
  findingHappenings,
  gapHappenings,
  type Look,
} from './happenings.ts';
import { timelineRow } from './rows.ts';
import traffic from './traffic.cypher';

export const timeline = defineQuestion({
  id: 'timeline',
  title: 'What happened to it, in order of time?',
  parameters: [
    {
      name: 'entity',
      meaning: 'the workload, Service or namespace',
      kind: 'node',
      labels: ['Workload', 'Service', 'Namespace'],
    },
    QUIET,
  ],
  columns: [
    {
      name: 'at',
      title: 'at',
      kind: 'instant',
      meaning: 'the window it was first or last seen in, the first scan that saw it, or the evaluation',
    },
    {
      name: 'what',
      title: 'what',
      meaning:
        'appeared, vanished, changed, opened or closed (a relationship), pods that came and went, first and last calls, where denials begin and end, findings, gaps',
    },
    { name: 'entity', title: 'of', meaning: 'the node, the pair, or the check' },
    { name: 'detail', title: 'detail', meaning: 'what differs, the other end, how often and until when' },
  ],
  scope: { columns: ['keys'], meaning: 'what it happened to' },
  example: { entity: 'emojivoto/voting' },
  query: [ledger, facts, traffic, denials, findings].join('\nUNION ALL\n'),
  row: timelineRow,
  answer: (rows, { cluster, since, at, nodes, values }) => {
    const windows = toldOf(rows, 'window');
    const watched = transformWatched(windows.map((told) => ({ what: 'window', told })));
    const look: Look = { cluster, since, at, watched, quiet: quietMs(watched, values.quiet) };
    const happened = [
      ...factHappenings(toldOf(rows, 'fact')),
      ...callHappenings(toldOf(rows, 'pair'), look),
      ...denialHappenings(toldOf(rows, 'denial'), look),
      ...findingHappenings(toldOf(rows, 'finding')),
      ...gapHappenings(windows, look),
    ].filter((one) => one.at >= since && one.at <= at);
    return {
      rows: happened.sort((a, b) => a.at - b.at || (orderOf(a) < orderOf(b) ? -1 : 1)),
      summary: (some) => `${some.length === 1 ? '1 thing' : `${some.length} things`} happened to ${nodes.entity?.name}`,
    };
  },
});

const orderOf = ({ what, entity, detail }: { what: string; entity: string; detail: string | null }): string =>
  JSON.stringify([what, entity, detail]);
