import { awsSecrets, type SecretReader } from '../adapters/aws-secrets-manager.ts';

/** How long a secret is believed before it is read again: what a rotation takes at most to be noticed. */
const BELIEVED_MS = 5 * 60_000;

export type KeptSecrets = {
  readonly read: SecretReader;
  /** Reads it again, however young what we have is. */
  readonly reread: SecretReader;
};

/** Secrets kept between invocations, in the memory of the process only. A failed reading is not kept. */
export function keepSecrets(readSecret: SecretReader, now: () => number): KeptSecrets {
  const kept = new Map<string, { readonly text: Promise<string>; readonly at: number }>();
  const keyOf = (name: string, region = ''): string => `${region} ${name}`;
  const reread: SecretReader = (name, region) => {
    const reading = { text: readSecret(name, region), at: now() };
    const key = keyOf(name, region);
    kept.set(key, reading);
    return reading.text.catch((error) => {
      if (kept.get(key) === reading) kept.delete(key);
      throw error;
    });
  };
  return {
    reread,
    read: (name, region) => {
      const reading = kept.get(keyOf(name, region));
      return reading !== undefined && now() - reading.at < BELIEVED_MS ? reading.text : reread(name, region);
    },
  };
}

let shared: KeptSecrets | undefined;

/** Those of the process: handlers and commands share one memory of AWS Secrets Manager. */
export const keptSecrets = (): KeptSecrets => (shared ??= keepSecrets(awsSecrets(), Date.now));
