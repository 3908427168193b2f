import { carriedBytes, LONGEST_MANIFESTS } from '../../shared/domain/api/http.ts';
import type { Answer, Input } from '../../shared/domain/api/operations.ts';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import type { GateReport } from '../../shared/gate/report.ts';
import { openApi } from '../api/api-reader.ts';
import type { Io } from '../io.ts';

export type GateAsked = Input<'gateRelease'>;

/** `failOn` is what the deployed configuration says; a report fails on findings of that severity or a graver one. */
export type GateAnswer = { readonly report: GateReport; readonly failOn: Answer<'gateRelease'>['failOn'] };

/**
 * Has a deployed API judge manifests: by the mesh, the rules and the entity model it knows, whatever meshgraph.yaml says
 * here. Throws InvalidInputError for what is no manifest (with file and line) or too much for a request.
 */
export async function askGateApi(io: Pick<Io, 'env' | 'signal'>, url: string, asked: GateAsked): Promise<GateAnswer> {
  const bytes = carriedBytes(JSON.stringify(asked));
  if (bytes > LONGEST_MANIFESTS) {
    throw new InvalidInputError(
      `the API takes manifests of ${megabytes(LONGEST_MANIFESTS)} at most, and these are ${megabytes(bytes)}: ` +
        'judge them against a file of `meshgraph export --baseline`, or fewer at a time',
    );
  }
  const { failOn, ...report } = await openApi(io, url)('gateRelease', asked);
  return { report, failOn };
}

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;
