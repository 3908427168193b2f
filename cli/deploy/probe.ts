import { MeshgraphError } from '../../shared/domain/errors.ts';
import type { Outcome } from '../output/mark.ts';

/** One thing that was tried, and how it went. `lines` say what came and what to do. */
export type Probe = { readonly title: string; readonly outcome: Outcome; readonly lines: readonly string[] };

/** Probes of one thing a deployment depends on, under one heading. */
export type ProbeGroup = { readonly name: string; readonly probes: readonly Probe[] };

/** What was learned where it went well, and what of it is worth a warning. */
export type Learned<T> = { readonly value: T; readonly title?: string; readonly warnings?: readonly string[] };

export type Probed<T> = { readonly probe: Probe; readonly value: T | undefined };

/** Tries one thing. An error of an outside system is a failed probe, with the error's sentence and a hint. */
export async function tryTo<T>(title: string, work: () => Promise<Learned<T>>, hint?: string): Promise<Probed<T>> {
  try {
    const { value, title: told = title, warnings = [] } = await work();
    return { value, probe: { title: told, outcome: warnings.length > 0 ? 'warning' : 'ok', lines: warnings } };
  } catch (error) {
    if (!(error instanceof MeshgraphError)) throw error;
    const lines = [error.message, ...(hint === undefined ? [] : [`hint: ${hint}`])];
    return { value: undefined, probe: { title, outcome: 'failure', lines } };
  }
}
