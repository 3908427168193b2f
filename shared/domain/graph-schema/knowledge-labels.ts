import type { LabelDoc } from './docs.ts';

/** What traffic, certificates, the entity model and meshgraph itself add. */
export const KNOWLEDGE_LABELS: readonly LabelDoc[] = [
  {
    label: 'External',
    meaning: "A called host or address outside the mesh's knowledge.",
    properties: [['address', 'IP address or host']],
  },
  { label: 'Unauthenticated', meaning: 'One a cluster: the caller that showed no identity.', properties: [] },
  {
    label: 'Certificate',
    meaning: 'An X.509 certificate, keyed by its SHA-256.',
    properties: [
      ['sha256', 'fingerprint'],
      ['subject', 'subject name'],
      ['issuer', 'issuer name'],
      ['notBefore', 'start of validity'],
      ['notAfter', 'end of validity'],
      ['roles', 'anchor, issuer, private-ca'],
      ['serial', 'serial number'],
      ['algorithm', 'public key algorithm'],
    ],
  },
  { label: 'DataClass', meaning: 'A class of data, from the entity model.', properties: [] },
  { label: 'Owner', meaning: 'A team, from the entity model.', properties: [] },
  { label: 'Environment', meaning: 'An environment, from the entity model.', properties: [] },
  {
    label: 'Exposure',
    meaning: 'From where something may be reached (internet, partner...), from the entity model.',
    properties: [],
  },
  {
    label: 'Finding',
    meaning: 'One violation with a stable fingerprint and a life.',
    properties: [
      ['check', 'id of the check'],
      ['severity', 'critical, high, medium, low or info'],
      ['message', 'what is wrong, in one sentence'],
      ['state', 'open, accepted, resolved'],
      ['openedAt', 'the evaluation that opened it, or opened it again'],
      ['resolvedAt', 'first evaluation that no longer found it; absent while it is there'],
      ['evaluatedAt', 'last evaluation that judged its check'],
      ['history', 'each state it entered, as "<state> <instant>"'],
      ['row', 'the row as JSON text'],
    ],
  },
  {
    label: 'Scan',
    meaning: 'The ledger: one scan of one source, with its coverage.',
    properties: [
      ['key', 'the observation id'],
      ['cluster', 'cluster'],
      ['source', 'traffic, cluster or certificates'],
      ['at', 'the instant its facts speak of'],
      ['from', "a traffic window's start"],
      ['readAt', 'when it was read'],
      ['digest', 'digest of the whole observation'],
      ['families', 'fact families read whole'],
      ['familyDigests', "digest of each family's facts, parallel to families"],
      ['complete', 'nothing was left unread'],
      ['coverage', 'the coverage as JSON text'],
    ],
  },
  {
    label: 'Change',
    meaning: 'One change of a described property of one node.',
    properties: [
      ['key', 'digest of node, instant and path'],
      ['cluster', 'cluster'],
      ['at', 'the first scan that saw the new value'],
      ['path', 'the property'],
      ['before', 'old value as JSON text'],
      ['after', 'new value as JSON text'],
    ],
  },
  {
    label: 'Lease',
    meaning: 'One a cluster: the right to write its part of the graph. Not exported.',
    properties: [
      ['key', 'the cluster'],
      ['token', 'the holder; absent when free'],
      ['expiresAt', 'when a silent holder loses it, by the clock of the server'],
      ['mark', 'the last transaction committed under it'],
      ['unfinished', 'fact families and traffic windows of which a write began and did not end'],
    ],
  },
];
