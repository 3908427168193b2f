import { cutText } from './fit-evidence.ts';
import { slackText } from './slack-text.ts';
import { oneLine } from './words.ts';

/** Not `verbatim`, Slack would turn addresses and channel names into links. */
type Mrkdwn = { readonly type: 'mrkdwn'; readonly text: string; readonly verbatim: true };

export type SlackBlock =
  | { readonly type: 'header'; readonly text: { type: 'plain_text'; text: string; emoji: false } }
  | { readonly type: 'section'; readonly text: Mrkdwn }
  | { readonly type: 'section'; readonly fields: Mrkdwn[] }
  | { readonly type: 'context'; readonly elements: Mrkdwn[] };

/** What an incoming webhook takes. `text` is what notifications show. */
export type SlackMessage = {
  readonly text: string;
  readonly blocks: SlackBlock[];
  readonly unfurl_links: false;
  readonly unfurl_media: false;
};

/** Slack's limits in characters: a header, a section, and what `text` is cut at. */
const HEADER = 150;
const SECTION = 3_000;
const NOTIFICATION = 4_000;

const mrkdwn = (text: string): Mrkdwn => ({ type: 'mrkdwn', text, verbatim: true });

export const header = (text: string): SlackBlock => ({
  type: 'header',
  text: { type: 'plain_text', text: cutText(oneLine(text), HEADER), emoji: false },
});

/** Lines of safe mrkdwn; those that do not fit into a section are left out, and it is said how many. */
export function section(lines: readonly string[]): SlackBlock {
  const kept: string[] = [];
  let length = 0;
  for (const line of lines) {
    length += line.length + 1;
    if (length > SECTION - 30) break;
    kept.push(line);
  }
  const left = lines.length - kept.length;
  return { type: 'section', text: mrkdwn([...kept, ...(left > 0 ? [`and ${left} more`] : [])].join('\n')) };
}

/** Names with their values, which are safe mrkdwn, in two columns. */
export const fields = (entries: readonly (readonly [name: string, value: string])[]): SlackBlock => ({
  type: 'section',
  fields: entries.map(([name, value]) => mrkdwn(`*${name}*\n${value}`)),
});

/** A line in small print, of safe mrkdwn. */
export const smallPrint = (text: string): SlackBlock => ({ type: 'context', elements: [mrkdwn(text)] });

export const slackMessage = (text: string, blocks: SlackBlock[]): SlackMessage => ({
  text: slackText(text, NOTIFICATION),
  blocks,
  unfurl_links: false,
  unfurl_media: false,
});
