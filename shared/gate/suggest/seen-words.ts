import { formatInstant } from '../../domain/instant.ts';
import type { SeenCaller } from './seen-callers.ts';

type Seen = Pick<SeenCaller, 'requests' | 'connections' | 'last' | 'names'>;

/** `812 requests, last 2026-11-23T18:00:00Z, from shop/web` */
export function seenWords(seen: Seen): string {
  const { names } = seen;
  const from =
    names.length > SHOWN ? `${names.slice(0, SHOWN).join(', ')} and ${names.length - SHOWN} more` : names.join(', ');
  return `${countWords(seen)}, last ${formatInstant(seen.last)}${from === '' ? '' : `, from ${from}`}`;
}

const SHOWN = 5;

/** `812 requests and 3 connections` */
export function countWords({ requests, connections }: Pick<Seen, 'requests' | 'connections'>): string {
  const parts = [
    ...(requests > 0 || connections === 0 ? [`${requests} ${requests === 1 ? 'request' : 'requests'}`] : []),
    ...(connections > 0 ? [`${connections} ${connections === 1 ? 'connection' : 'connections'}`] : []),
  ];
  return parts.join(' and ');
}
