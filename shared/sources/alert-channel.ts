import { awsIdentity } from '../adapters/aws-credentials.ts';
import { EVENTS_AT_ONCE, eventBus } from '../adapters/aws-eventbridge.ts';
import { FINDINGS_AT_ONCE, securityHub } from '../adapters/aws-security-hub.ts';
import { snsTopic } from '../adapters/aws-sns.ts';
import { slackWebhook } from '../adapters/slack-webhook.ts';
import type { Channel } from '../domain/alerts/channel.ts';
import { eventsChannel, peopleChannel, securityChannel } from '../domain/alerts/channels.ts';
import { slackMessageOf } from '../domain/alerts/slack-message.ts';
import { snsMessageOf } from '../domain/alerts/sns-message.ts';
import type { AlertRoute, AlertsConfiguration } from '../domain/configuration/alerts.ts';
import { readSecret } from './secret-text.ts';

/** Where alerts go that name no place themselves. */
export type AlertPlaces = { readonly topicArn: string; readonly busName: string };

/** Slack's own limit for one webhook: about one message a second. */
const SLACK_PACE_MS = 1_100;

/** The way out a route names. Nothing is reached before something is sent. */
export function alertChannel({ name, to }: AlertRoute, rules: AlertsConfiguration, places: AlertPlaces): Channel {
  if ('slack' in to) {
    const post = slackWebhook(name);
    const webhook = () => readSecret({ env: {} }, to.slack.webhook, `the Slack webhook of route ${name}`);
    return peopleChannel(rules, SLACK_PACE_MS, async (parcel) => post(await webhook(), slackMessageOf(parcel)));
  }
  if ('sns' in to) {
    const publish = snsTopic(to.sns.topicArn ?? places.topicArn);
    return peopleChannel(rules, 0, (parcel) => publish(snsMessageOf(parcel)));
  }
  if ('events' in to) return eventsChannel(eventBus(places.busName), EVENTS_AT_ONCE);
  const [, partition = '', , region = '', account = ''] = places.topicArn.split(':');
  const home = { partition, region, account };
  return securityChannel(home, securityHub(home, awsIdentity({ region })), FINDINGS_AT_ONCE);
}
