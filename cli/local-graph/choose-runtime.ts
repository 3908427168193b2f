import { InvalidInputError } from '../../shared/domain/errors.ts';
import type { Environment } from './home.ts';
import { isInstalled, NEO4J_VERSION } from './install-server.ts';
import { findJava, JAVA_FOLDERS, type Java, type JavaFolder, OLDEST_JAVA } from './java.ts';
import { runProcess } from './run-process.ts';

export type ContainerEngine = 'docker' | 'podman';

export type Runtime =
  | { readonly kind: 'java'; readonly java: Java; readonly installed: boolean }
  | { readonly kind: 'container'; readonly engine: ContainerEngine };

/** What this machine can run Neo4j with: its Java, else a container engine that answers. */
export async function chooseRuntime(
  env: Environment,
  javaFolders: readonly JavaFolder[] = JAVA_FOLDERS,
): Promise<Runtime> {
  const { java, tooOld } = await findJava(env, javaFolders);
  const installed = java !== undefined && (await isInstalled(env));
  if (java && (installed || (await answers('mvn', ['--version'], env)))) return { kind: 'java', java, installed };
  for (const engine of ['docker', 'podman'] as const) {
    if (await answers(engine, ['info'], env)) return { kind: 'container', engine };
  }
  throw new InvalidInputError(explainMissing(java, tooOld));
}

async function answers(program: string, args: readonly string[], env: Environment): Promise<boolean> {
  return (await runProcess(program, args, { env })).code === 0;
}

function explainMissing(java: Java | undefined, tooOld: readonly Java[]): string {
  const otherwise = 'or start Docker or Podman, or set NEO4J_URI to use a Neo4j that is there';
  if (java) {
    return (
      `Neo4j ${NEO4J_VERSION} is fetched once by Maven, and mvn was not found on the PATH: install it ` +
      `(apt-get install maven, brew install maven), ${otherwise}.`
    );
  }
  const found = tooOld.map(({ executable, major }) => `Java ${major} at ${executable}`).join(', ') || 'no Java';
  return (
    `Neo4j ${NEO4J_VERSION} runs on Java ${OLDEST_JAVA}, 21 or newer, and ${found} was found: install one ` +
    `(apt-get install openjdk-${OLDEST_JAVA}-jre-headless maven, brew install openjdk@21 maven) or set JAVA_HOME, ${otherwise}.`
  );
}
