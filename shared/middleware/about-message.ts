/** Names of a message's fields that log lines carry. */
const TOLD = ['cluster', 'source', 'id', 'key', 'at', 'requestedAt'] as const;

export type AboutMessage = { readonly [Name in (typeof TOLD)[number] | 'window']?: string };

/** What log lines tell of a message: its ids and instants (epoch ms), nothing else of it. */
export function aboutMessage(message: object): AboutMessage {
  const fields = message as Readonly<Record<string, unknown>>;
  const told = TOLD.filter((name) => ['string', 'number'].includes(typeof fields[name]));
  const { window } = fields as { window?: { from: number; to: number } };
  return {
    ...Object.fromEntries(told.map((name) => [name, String(fields[name])])),
    ...(window !== undefined && { window: `${window.from}-${window.to}` }),
  };
}
