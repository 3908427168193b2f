import { oneLine } from './words.ts';

/** What Slack wants escaped, and what a mention begins with (https://docs.slack.dev/messaging/formatting-message-text). */
const ESCAPED = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '@': '@\u200B', '`': '\u02CB' } as const;

/** The same, and what begins formatting, an emoji or an address: look-alikes, or a zero-width space behind it. */
const INERT: Readonly<Record<string, string>> = {
  ...ESCAPED,
  '*': '\u2217',
  '~': '\u223C',
  _: '_\u200B',
  '#': '#\u200B',
  ':': ':\u200B',
};

/** Text from a cluster as mrkdwn that shows it and does nothing else, of at most `most` UTF-16 units. */
export const slackText = (text: string, most: number): string => replaceEach(text, INERT, most);

/** The same as a code span: nothing but its end means anything in there, so names stay as they are, to be copied. */
export const slackCode = (text: string, most: number): string => `\`${replaceEach(text, ESCAPED, most - 2)}\``;

/** Replaced character by character, so that a cut never leaves half an escape. Slack takes no empty text. */
function replaceEach(text: string, inert: Readonly<Record<string, string>>, most: number): string {
  let safe = '';
  for (const character of oneLine(text) || 'none') {
    const piece = inert[character] ?? character;
    if (safe.length + piece.length > most - 1) return `${safe}…`;
    safe += piece;
  }
  return safe;
}
