import { type Command, Option } from 'commander';
import { configOption } from '../configuration.ts';

export type Source = 'traffic' | 'cluster';

/** The flags of every command that reads live clusters. */
export const withClusterOptions = (command: Command): Command =>
  command
    .addOption(configOption())
    .option('--cluster <name>', 'only this cluster of the configuration')
    .option('--prometheus <url>', 'the Prometheus that scrapes the proxies, instead of the configured one')
    .option('--context <name>', 'the kubeconfig context, instead of the configured one')
    .option('--kubeconfig <file>', 'the kubeconfig, instead of the configured one')
    .addOption(new Option('--only <source>', 'leave the other source out').choices(['traffic', 'cluster']));

export const reads = (only: Source | undefined, source: Source): boolean => only === undefined || only === source;
