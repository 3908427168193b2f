import type { Parcel } from './plan-parcels.ts';
import { changeWord } from './words.ts';

/** A value of an SNS message attribute: filter policies match texts, and any element of lists. */
export type SnsAttribute = string | readonly string[];

export type SnsMessage = {
  /** For subscribers by e-mail: at most 100 printable ASCII characters. */
  readonly subject: string;
  /** The alert or the digest as JSON: docs/schemas. */
  readonly body: string;
  readonly attributes: Readonly<Record<string, SnsAttribute>>;
};

/** A parcel as a message to a topic, with what filter policies may go by: docs/alerts.md. Below SNS's 256 KB by its making. */
export function snsMessageOf(parcel: Parcel): SnsMessage {
  if (parcel.kind === 'alert') {
    const { schema, change, severity, title, check, cluster, namespaces, owners } = parcel.alert;
    return {
      subject: ascii(`${changeWord(change)} (${severity}): ${title}`),
      body: JSON.stringify(parcel.alert),
      attributes: attributesOf({ schema, change, severity, check, cluster, namespace: namespaces, owner: owners }),
    };
  }
  const { schema, severity, title, cluster, checks, namespaces, owners } = parcel.digest;
  return {
    subject: ascii(`${title} (${severity})`),
    body: JSON.stringify(parcel.digest),
    attributes: attributesOf({
      schema,
      severity,
      cluster,
      change: distinct(checks.map(({ change }) => change)),
      check: distinct(checks.map(({ check }) => check)),
      namespace: namespaces,
      owner: owners,
    }),
  };
}

/** SNS takes no empty value: what is unknown is left out, and `exists: false` matches it. */
const attributesOf = (all: Readonly<Record<string, SnsAttribute>>): Readonly<Record<string, SnsAttribute>> =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value.length > 0));

const ascii = (text: string): string => text.replace(/[^\x20-\x7E]/g, '?').slice(0, 100);

const distinct = (all: readonly string[]): string[] => [...new Set(all)];
