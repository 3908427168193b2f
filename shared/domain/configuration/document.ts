import { parse } from 'yaml';
import type { z } from 'zod';
import type { configurationSchema } from '../configuration.ts';

/** meshgraph.yaml as it was written, as JSON values: defaults not filled in, durations still text. */
export type ConfigurationDocument = z.input<ReturnType<typeof configurationSchema>>;

/** The document of a text that parseConfiguration (parse.ts) takes; an empty text is an empty document. */
export const configurationDocument = (text: string): ConfigurationDocument =>
  (parse(text, (_, value) => value ?? undefined) as ConfigurationDocument | undefined) ?? {};
