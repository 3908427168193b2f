import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { formatOption } from '../output/format-option.ts';
import { writeJson } from '../output/json.ts';
import { mark } from '../output/mark.ts';

/** `meshgraph config validate [file]`: exit 0 and the defaults filled in, or exit 2 and every problem with its line. */
export function register(program: Command, io: Io): void {
  const config = program.command('config').description('work with meshgraph.yaml');
  config
    .command('validate')
    .description('check a configuration file; -o json prints it with all defaults, or its problems')
    .argument('[file]', 'default: $MESHGRAPH_CONFIG, then ./meshgraph.yaml')
    .addOption(formatOption('text', 'json'))
    .action(async (file: string | undefined, { output }: { output: string }) => {
      const { configurationFile, loadConfiguration } = await import('../configuration.ts');
      const { readOwnRules } = await import('../gate/own-rules/read-own-rules.ts');
      const { InvalidConfigurationError } = await import('../../shared/domain/configuration/parse.ts');
      const { path } = configurationFile(io, file);
      try {
        // The default file may be missing everywhere but here, where it is what was asked about.
        const configuration = await loadConfiguration(io, path);
        await readOwnRules(io.cwd, configuration.gate);
        if (output === 'json') return writeJson(io, { file: path, valid: true, configuration });
        return io.out(`${mark(io, 'ok')} ${path} is valid\n`);
      } catch (error) {
        if (output !== 'json' || !(error instanceof InvalidConfigurationError)) throw error;
        writeJson(io, { file: path, valid: false, problems: error.problems });
        io.exit(2);
      }
    });
}
