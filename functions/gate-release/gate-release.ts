import type { ApiResponse } from '../../shared/domain/api/http.ts';
import { RefusedRequestError } from '../../shared/domain/api/problem.ts';

/** The gate does not exist yet, and nothing pretends it does: a release is never let pass unjudged by silence. */
export async function gateRelease(): Promise<ApiResponse> {
  throw new RefusedRequestError(
    501,
    'meshgraph cannot judge manifests yet: treat this as not judged (exit code 2), never as passed',
  );
}
