import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { register as gate } from '../cli/commands/gate.ts';
import type { Io } from '../cli/io.ts';
import { runProgram } from '../cli/program.ts';
import { MeshgraphError } from '../shared/domain/errors.ts';
import type { GateFinding, GateReport } from '../shared/gate/report.ts';
import { gateArguments, type Inputs, readInputs } from './gate-arguments.ts';
import { annotation, annotations } from './workflow-commands.ts';

type Files = { readonly json: string; readonly sarif: string; readonly markdown: string };
type Judgement = GateReport & { readonly failing: readonly string[] };

/**
 * `meshgraph gate` as a step of a workflow: inputs from the environment, the judgement into the log, the step's summary,
 * annotations, files and outputs, by the protocol of GitHub's runners. Ends with the command's own exit code.
 */
export async function runAction(io: Io, version: string): Promise<void> {
  const inputs = readInputs(io.env);
  const files = await outputFiles(io, inputs);
  const { code, complaint } = await runGate(io, inputs, files, version);
  const judgement = await readJudgement(files.json);
  if (judgement === undefined) io.out(annotation('error', complaint, { title: 'meshgraph gate' }));
  else await show(io, judgement, files, inputs);
  await writeOutputs(io, {
    'exit-code': String(code),
    findings: String(judgement?.findings.length ?? ''),
    failing: String(judgement?.failing.length ?? ''),
    sarif: judgement ? files.sarif : '',
    markdown: judgement ? files.markdown : '',
    json: judgement ? files.json : '',
  });
  io.exit(code);
}

/**
 * What the command prints tells names from manifests, and a runner takes a line that begins with `::` for a command: until the
 * token, which nobody can guess, it takes none. Both streams go into one, since between two there is no order.
 */
async function runGate(
  io: Io,
  inputs: Inputs,
  files: Files,
  version: string,
): Promise<{ code: 0 | 1 | 2; complaint: string }> {
  const said = { code: 0 as 0 | 1 | 2, complaint: '' };
  const heard: Io = {
    ...io,
    err: (text) => {
      said.complaint += text;
      io.out(text);
    },
    exit: (code) => {
      said.code = code;
    },
  };
  const token = randomUUID();
  io.out(`::stop-commands::${token}\n`);
  try {
    await runProgram(gateArguments(inputs, Object.values(files)), version, heard, [gate]);
  } catch (error) {
    if (!(error instanceof MeshgraphError)) throw error;
    heard.err(`${error.message}\n`);
    heard.exit(2);
  } finally {
    io.out(`\n::${token}::\n`);
  }
  return { code: said.code, complaint: said.complaint.trim() };
}

/** Where it is written: as the inputs say, else in the runner's folder for temporary files. */
async function outputFiles({ env, cwd }: Io, inputs: Inputs): Promise<Files> {
  const folder = await mkdtemp(join(env.RUNNER_TEMP || tmpdir(), 'meshgraph-'));
  const fileOf = (input: string, otherwise: string) => resolve(cwd, inputs.get(input) ?? join(folder, otherwise));
  const files = {
    json: fileOf('json-file', 'gate.json'),
    sarif: fileOf('sarif-file', 'gate.sarif'),
    markdown: fileOf('markdown-file', 'gate.md'),
  };
  await Promise.all(Object.values(files).map((file) => mkdir(dirname(file), { recursive: true })));
  return files;
}

async function readJudgement(file: string): Promise<Judgement | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}

async function show(
  io: Io,
  { findings, existing, failing, unjudged }: Judgement,
  files: Files,
  inputs: Inputs,
): Promise<void> {
  const failed = new Set(failing);
  const root = io.env.GITHUB_WORKSPACE || io.cwd;
  const told = [...findings, ...existing.filter(({ fingerprint }) => failed.has(fingerprint))];
  const located = told.map((finding) => inRepository(finding, io.cwd, root));
  io.out(annotations(located, ({ fingerprint }) => failed.has(fingerprint)));
  for (const reason of unjudged) io.out(annotation('error', reason, { title: 'meshgraph gate: cannot judge' }));
  const summary = io.env.GITHUB_STEP_SUMMARY;
  if (!summary || inputs.get('summary') === 'false') return;
  await appendFile(summary, await readFile(files.markdown));
}

/** Annotations name files from the repository's root on. */
function inRepository(finding: GateFinding, cwd: string, root: string): GateFinding {
  if (finding.place === null) return finding;
  const file = relative(root, resolve(cwd, finding.place.file));
  return file.startsWith('..') || isAbsolute(file) ? finding : { ...finding, place: { ...finding.place, file } };
}

/** Values of one line, so the plain form of the file does. */
async function writeOutputs({ env }: Io, outputs: Readonly<Record<string, string>>): Promise<void> {
  if (!env.GITHUB_OUTPUT) return;
  const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value.replaceAll(/[\r\n]/g, ' ')}\n`);
  await appendFile(env.GITHUB_OUTPUT, lines.join(''));
}
