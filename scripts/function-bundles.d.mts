import type { Plugin } from 'esbuild';

export type FunctionBundle = {
  readonly name: string;
  readonly bytes: number;
  readonly budget: number;
  /** Packages and the bytes of each, the heaviest first. */
  readonly heaviest: readonly (readonly [string, number])[];
};

/** `root` ends in a slash, `folder` does not. */
export function functionNames(root: string): Promise<string[]>;
export function bundleFunctions(root: string, folder: string, plugins?: readonly Plugin[]): Promise<FunctionBundle[]>;
export function overBudget(bundles: readonly FunctionBundle[]): string[];
