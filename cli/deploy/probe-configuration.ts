import { undeployable } from '../../shared/domain/configuration/deployable.ts';
import type { Configuration } from '../../shared/domain/configuration.ts';
import type { ProbeGroup } from './probe.ts';

/** Whether functions could use the configuration as it is. */
export function probeConfiguration(configuration: Configuration): ProbeGroup {
  const faults = undeployable(configuration, configuration.aws.region);
  const silent =
    configuration.alerts.routes.length === 0 ? ['alerts.routes is empty: nobody will hear of findings'] : [];
  const outcome = faults.length > 0 ? 'failure' : silent.length > 0 ? 'warning' : 'ok';
  return {
    name: 'configuration',
    probes: [{ title: 'meshgraph.yaml can be deployed', outcome, lines: [...faults, ...silent] }],
  };
}
