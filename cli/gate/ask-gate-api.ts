import { carriedBytes, LONGEST_MANIFESTS } from '../../shared/domain/api/http.ts';
import type { Input } from '../../shared/domain/api/operations.ts';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import type { GateJudgement } from '../../shared/gate/judge-as-configured.ts';
import { openApi } from '../api/api-reader.ts';
import type { Io } from '../io.ts';

/**
 * Has a deployed API judge manifests: by the mesh, the rules and the entity model it knows, whatever meshgraph.yaml says
 * here. Throws InvalidInputError for what is no manifest (with file and line) and for more than a request can bring.
 */
export async function askGateApi(
  io: Pick<Io, 'env' | 'signal'>,
  url: string,
  asked: Input<'gateRelease'>,
): Promise<GateJudgement> {
  const bytes = carriedBytes(JSON.stringify(asked));
  if (bytes > LONGEST_MANIFESTS) {
    throw new InvalidInputError(
      `the API takes manifests of ${megabytes(LONGEST_MANIFESTS)} at most, and these are ${megabytes(bytes)}: ` +
        'judge them against a file of `meshgraph export --baseline`, or fewer at a time',
    );
  }
  const { rules, failOn, ...report } = await openApi(io, url)('gateRelease', asked);
  return { report, rules, failOn };
}

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;
