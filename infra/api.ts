import { CfnOutput, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Operation } from '../shared/domain/api/operation.ts';
import { OPERATIONS } from '../shared/domain/api/operations.ts';
import { type Deployment, nameOf } from './deployment.ts';
import { MeshFunction, type OfferedEnvironment } from './function-defaults.ts';
import { encrypt, readSecret } from './grants.ts';
import { graphSecretOf } from './graph-secret.ts';
import { RESULTS_PREFIX } from './storage.ts';

export type ApiProps = {
  readonly deployment: Deployment;
  readonly bucket: Bucket;
  readonly environment: OfferedEnvironment;
};

/** The HTTP API: nobody without an authorisation, a bounded rate, every request in the access log. */
export class Api extends Construct {
  readonly functions: readonly MeshFunction[];
  readonly http: HttpApi;

  constructor(scope: Construct, id: string, { deployment, bucket, environment }: ApiProps) {
    super(scope, id);
    const query = new MeshFunction(this, 'answer-query', deployment, environment);
    const gate = new MeshFunction(this, 'gate-release', deployment, environment);
    this.functions = [query, gate];
    for (const answering of this.functions) {
      answering.allow(readSecret(this, graphSecretOf(deployment), 'address and login of Neo4j'), encrypt(deployment), {
        why: 'answers too large for the gateway are fetched from the bucket; each has a name of its own below the prefix',
        actions: ['s3:PutObject', 's3:GetObject'],
        resources: [bucket.arnForObjects(`${RESULTS_PREFIX}*`)],
      });
    }

    const authorizer = authorizerOf(deployment);
    this.http = new HttpApi(this, 'http', {
      apiName: nameOf(deployment, 'api'),
      description: 'Questions to the graph of the mesh',
      createDefaultStage: false,
      defaultAuthorizer: authorizer,
    });
    const integrationOf = ({ node, lambda }: MeshFunction) =>
      new HttpLambdaIntegration(node.id, lambda, { timeout: Duration.seconds(29) });
    // answer-query tells paths apart itself, so that what there is not is answered in its words too.
    this.http.addRoutes({ path: '/v1/{proxy+}', methods: [HttpMethod.ANY], integration: integrationOf(query) });
    for (const { path, method } of operationsOf('gate-release')) {
      this.http.addRoutes({ path, methods: [HttpMethod[method]], integration: integrationOf(gate) });
    }
    new HttpStage(this, 'stage', {
      httpApi: this.http,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 20, burstLimit: 40 },
      accessLogSettings: { destination: new LogGroupLogDestination(accessLog(this, deployment)), format: ACCESS_LOG },
    });
    new CfnOutput(this, 'url', { value: this.http.apiEndpoint });
  }
}

const operationsOf = (name: Operation['servedBy']): Operation[] =>
  Object.values<Operation>(OPERATIONS).filter(({ servedBy }) => servedBy === name);

function authorizerOf({ configuration }: Deployment): IHttpRouteAuthorizer {
  const { authorizer } = configuration.api;
  if (authorizer === 'iam') return new HttpIamAuthorizer();
  return new HttpJwtAuthorizer('tokens', authorizer.issuer, { jwtAudience: authorizer.audience });
}

const accessLog = (scope: Construct, deployment: Deployment): LogGroup =>
  new LogGroup(scope, 'access-log', {
    // Under this prefix API Gateway's permission to write does not outgrow the log resource policy.
    logGroupName: `/aws/vendedlogs/${nameOf(deployment, 'api')}`,
    retention: deployment.configuration.aws.logRetention,
    encryptionKey: deployment.key,
    removalPolicy: RemovalPolicy.DESTROY,
  });

/** Who asked what, and how it went. Never the query string: it may hold names of people's services. */
const ACCESS_LOG = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    time: '$context.requestTime',
    caller: '$context.identity.caller',
    user: '$context.identity.userArn',
    ip: '$context.identity.sourceIp',
    route: '$context.routeKey',
    path: '$context.path',
    status: '$context.status',
    error: '$context.error.message',
    milliseconds: '$context.responseLatency',
    bytes: '$context.responseLength',
  }),
);
