import { oneLine } from './words.ts';

/**
 * Slack's own escapes, and a zero-width space behind what begins formatting, a mention or an emoji, so that text from a
 * cluster stays text (https://docs.slack.dev/messaging/formatting-message-text).
 */
const INERT: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  ...Object.fromEntries([...'`*_~@#:'].map((sign) => [sign, `${sign}\u200B`])),
};

/** Inside a code span only its end and Slack's own signs mean anything; names stay as they are, to be copied. */
const INERT_IN_CODE: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '`': '\u02CB' };

/** Text from a cluster as mrkdwn that shows it and does nothing else, of at most `most` UTF-16 units. */
export const slackText = (text: string, most: number): string => replaceEach(oneLine(text), INERT, most);

/** The same as a code span. */
export const slackCode = (text: string, most: number): string =>
  `\`${replaceEach(oneLine(text), INERT_IN_CODE, most - 2) || ' '}\``;

/** Replaced character by character, so that a cut never leaves half an escape. */
function replaceEach(text: string, inert: Readonly<Record<string, string>>, most: number): string {
  let safe = '';
  for (const character of text) {
    const piece = inert[character] ?? character;
    if (safe.length + piece.length > most - 1) return `${safe}…`;
    safe += piece;
  }
  return safe;
}
