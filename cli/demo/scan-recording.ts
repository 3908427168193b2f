import type { Configuration } from '../../shared/domain/configuration.ts';
import { UnavailableError } from '../../shared/domain/errors.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import type { Io } from '../io.ts';
import { packageFile } from '../package-file.ts';
import { runBundleScan } from '../pipeline/run-scan.ts';
import { scanReport } from '../pipeline/scan-report.ts';
import type { Recorded } from './run-demo.ts';

const RECORDING = 'demo/recorded-mesh.bundle.gz';

/** `meshgraph scan --bundle` of the recording that ships with meshgraph: all its windows, oldest first. */
export async function scanRecording(
  io: Io,
  { scan, entityModel }: Configuration,
  logDirectory: string,
): Promise<Recorded> {
  const observations: Observation[] = [];
  const report = scanReport(io, 'text', false);
  const clean = await runBundleScan(
    io,
    {
      scan,
      entityModel,
      logDirectory,
      report: {
        ...report,
        delivered: (delivered) => {
          observations.push(delivered.observation);
          report.delivered(delivered);
        },
      },
    },
    { path: packageFile(RECORDING), shown: RECORDING, until: Number.POSITIVE_INFINITY },
  );
  io.signal.throwIfAborted();
  const [first] = observations;
  if (!clean || !first)
    throw new UnavailableError('the recording could not be read into the graph: the reason is above');
  return {
    cluster: first.cluster,
    since: Math.min(...observations.map((one) => (one.source === 'traffic' ? one.window.from : one.at))),
    at: Math.max(...observations.map(({ at }) => at)),
  };
}
