import type { AlertRoute } from '../../shared/domain/configuration/alerts.ts';
import type { Configuration } from '../../shared/domain/configuration.ts';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import { readSecret } from '../../shared/sources/secret-text.ts';
import type { Io } from '../io.ts';
import { type Probe, type ProbeGroup, tryTo } from './probe.ts';

const SLACK = /^https:\/\/hooks\.slack(-gov)?\.com\/(services|workflows|triggers)\/\S+$/;

/** Whether each Slack route's webhook can be read and looks like one. Nothing is sent. */
export async function probeAlerts(io: Pick<Io, 'env'>, { alerts }: Configuration): Promise<ProbeGroup> {
  const probes = alerts.routes.map((route) => probeRoute(io, route));
  return { name: 'alerts', probes: (await Promise.all(probes)).flat() };
}

async function probeRoute({ env }: Pick<Io, 'env'>, { name, to }: AlertRoute): Promise<Probe[]> {
  if (!('slack' in to)) return [];
  const { webhook } = to.slack;
  const { probe } = await tryTo(`route ${name} has a webhook of Slack`, async () => {
    const text = await readSecret({ env }, webhook, `the webhook of route ${name}`);
    // The webhook itself is a secret, and is not repeated.
    if (!URL.canParse(text)) {
      throw new InvalidInputError('expected https://hooks.slack.com/services/..., but the secret holds no URL');
    }
    const isSlack = SLACK.test(text);
    return { value: name, warnings: isSlack ? [] : ['its webhook is not of hooks.slack.com: is that meant?'] };
  });
  return [probe];
}
