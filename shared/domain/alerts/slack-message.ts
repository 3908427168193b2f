import { formatInstant } from '../instant.ts';
import type { Alert } from './alert.ts';
import type { AlertDigest } from './digest.ts';
import type { Parcel } from './plan-parcels.ts';
import {
  fields,
  header,
  type SlackBlock,
  type SlackMessage,
  section,
  slackMessage,
  smallPrint,
} from './slack-blocks.ts';
import { slackCode, slackText } from './slack-text.ts';
import { changeWord } from './words.ts';

/** A parcel as Slack's Block Kit. Text from the cluster is shown and does nothing: see slack-text.ts. */
export const slackMessageOf = (parcel: Parcel): SlackMessage =>
  parcel.kind === 'digest' ? digestMessage(parcel.digest) : alertMessage(parcel.alert);

const LONGEST_SENTENCE = 2_500;
const LONGEST_VALUE = 300;
const REST = 3;

function alertMessage(alert: Alert): SlackMessage {
  const { change, severity, title, message, cluster, namespaces, owners, openedAt, note, remedy, command, docs } =
    alert;
  const head = `${changeWord(change)} (${severity}): ${title}`;
  const over = change === 'resolved' || change === 'accepted';
  const where: [string, string][] = [
    ['Cluster', slackText(cluster, LONGEST_VALUE)],
    ['Namespace', listed(namespaces)],
    ['Owner', listed(owners)],
    [over ? 'Was open since' : 'Open since', slackCode(formatInstant(openedAt), LONGEST_VALUE)],
  ];
  return slackMessage(`${head}: ${message}`, [
    header(head),
    section([slackText(message, LONGEST_SENTENCE)]),
    ...(note === undefined ? [] : [section([slackText(note, LONGEST_SENTENCE)])]),
    fields(where),
    ...(over ? [] : [section(evidenceLines(alert)), section([`*What to do*  ${slackText(remedy, LONGEST_SENTENCE)}`])]),
    smallPrint(`${slackCode(command, LONGEST_VALUE)}  ${slackText(docs, LONGEST_VALUE)}`),
  ]);
}

const evidenceLines = ({ evidence }: Alert): string[] => [
  '*Evidence*',
  ...Object.entries(evidence).map(
    ([name, value]) => `${slackText(name, 100)}  ${slackCode(shown(value), LONGEST_VALUE)}`,
  ),
];

function digestMessage({ title, reason, severity, checks, gravest, command }: AlertDigest): SlackMessage {
  const why = reason === 'firstRun' ? 'What was there when these checks began' : 'Too many changes for a message each';
  const blocks: SlackBlock[] = [
    header(`${title} (${severity})`),
    section([
      `${why}. By check:`,
      ...checks.map(
        (one) =>
          `${one.count} ${changeWord(one.change).toLowerCase()}  ${slackCode(one.check, 100)}  (${one.severity})`,
      ),
    ]),
    section([
      '*The gravest*',
      ...gravest.map(
        (one) =>
          `${changeWord(one.change)} (${one.severity})  ${slackCode(one.check, 100)}  ${slackText(one.message, 200)}`,
      ),
    ]),
    smallPrint(`All: ${slackCode(command, LONGEST_VALUE)}`),
  ];
  return slackMessage(`${title} (${severity}). ${why}.`, blocks);
}

const listed = (names: readonly string[]): string => {
  const shownNames = names.slice(0, REST).join(', ');
  return slackText(names.length > REST ? `${shownNames} and ${names.length - REST} more` : shownNames, 1_000);
};

const shown = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(shown).join(', ');
  return typeof value === 'string' ? value : value === null ? 'none' : JSON.stringify(value);
};
