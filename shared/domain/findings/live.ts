import { ContractError } from '../errors.ts';
import type { FlappingRule } from './flapping.ts';
import { appendEntry, type HistoryEntry } from './history.ts';
import { holdsAt, type Life, type LifeEvent } from './life.ts';
import { type Lived, tell } from './tell.ts';
import { reasonOfEnd, reasonOfMissed } from './words.ts';

type Event<Kind extends LifeEvent['kind']> = Extract<LifeEvent, { kind: Kind }>;

export const CONFIGURATION = 'meshgraph.yaml';

/**
 * The life of a finding after an event, and what of it is to be told. `before` is undefined for one never found, which only
 * `found` can begin. The table of docs/findings.md, and nothing else decides it: an event twice changes nothing the second
 * time.
 */
export function live(before: Life | undefined, event: LifeEvent, rule: FlappingRule): Lived {
  const after = move(before, event);
  return tell({ before, after, at: event.at, judged: event.kind !== 'unjudged' }, rule);
}

function move(before: Life | undefined, event: LifeEvent): Life {
  if (event.kind === 'found') return found(before, event);
  if (before === undefined) throw new ContractError(`a finding that was never found cannot be ${event.kind}`);
  if (event.kind === 'missed') return missed(before, event);
  if (event.kind === 'unjudged') return endAcceptance(before, event.at);
  if (event.kind === 'accepted') return accepted(before, event);
  return { ...enter(before, { state: 'open', at: event.at, by: event.by, why: event.reason }), acceptance: null };
}

function found(before: Life | undefined, { at, severity, exception, traffic, parameters }: Event<'found'>): Life {
  const acceptance = holdsAt(before?.acceptance, at) ? (before?.acceptance ?? null) : null;
  const isBack = before === undefined || before.state === 'resolved';
  const looked = traffic === undefined ? 0 : traffic.until - traffic.since;
  const life: Life = {
    state: before?.state ?? 'open',
    history: before?.history ?? [],
    flappingSince: before?.flappingSince ?? null,
    severity,
    openedAt: isBack ? at : before.openedAt,
    resolvedAt: null,
    acceptance,
    exception,
    lookedBack: Math.max(looked, isBack ? 0 : before.lookedBack),
    quiet: null,
    parameters,
  };
  return enter(life, entryOf(before, life, at));
}

function entryOf(before: Life | undefined, { acceptance, exception }: Life, at: number): HistoryEntry {
  if (acceptance) {
    return { state: 'accepted', at, by: acceptance.by, why: acceptance.reason, until: acceptance.until };
  }
  if (exception) return { state: 'accepted', at, by: CONFIGURATION, why: exception.reason, until: exception.until };
  return { state: 'open', at, ...(before?.state === 'accepted' && { why: reasonOfEnd(before, at) }) };
}

/** Over once as much traffic without a gap went by quietly as had to be looked at to find it; at once where it is no traffic. */
function missed(before: Life, { at, traffic, parameters }: Event<'missed'>): Life {
  if (before.state === 'resolved') return before;
  const quiet = traffic && { since: startOfQuiet(before, traffic), until: traffic.until };
  if (quiet && quiet.until - quiet.since < before.lookedBack) return { ...endAcceptance(before, at), quiet };
  const why = reasonOfMissed(before, quiet, parameters);
  return {
    ...enter(before, { state: 'resolved', at, why }),
    resolvedAt: at,
    exception: null,
    quiet: null,
  };
}

const startOfQuiet = ({ quiet }: Life, traffic: { readonly since: number }): number =>
  quiet && traffic.since <= quiet.until ? Math.min(quiet.since, traffic.since) : traffic.since;

/** An acceptance ends by its day, whether or not anybody can look: what was accepted is open again. */
function endAcceptance(before: Life, at: number): Life {
  const { state, acceptance, exception } = before;
  if (state !== 'accepted' || holdsAt(acceptance, at) || holdsAt(exception, at)) return before;
  const why = reasonOfEnd(before, at);
  return { ...enter(before, { state: 'open', at, why }), acceptance: null, exception: null };
}

function accepted(before: Life, { kind: _, ...acceptance }: Event<'accepted'>): Life {
  const { by, at, reason: why, until } = acceptance;
  if (before.acceptance?.reason === why && before.acceptance.until === until) return before;
  const history = appendEntry(before.history, { state: 'accepted', at, by, why, until });
  return { ...before, state: 'accepted', acceptance, history };
}

const enter = (life: Life, entry: HistoryEntry): Life =>
  life.history.at(-1)?.state === entry.state
    ? { ...life, state: entry.state }
    : { ...life, state: entry.state, history: appendEntry(life.history, entry) };
