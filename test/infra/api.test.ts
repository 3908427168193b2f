import { expect, test } from 'vitest';
import { resourcesOf, synthesise } from './synthesise.ts';

const everything = synthesise('everything');
const tokens = synthesise('private');

const routes = (of: typeof everything) =>
  resourcesOf(of, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties);

test('nobody asks without being known to IAM', () => {
  expect(
    routes(everything)
      .map(({ RouteKey }) => RouteKey)
      .sort(),
  ).toEqual(['ANY /v1/{proxy+}', 'POST /v1/gate']);
  for (const { AuthorizationType, RouteKey } of routes(everything))
    expect(AuthorizationType, String(RouteKey)).toBe('AWS_IAM');
});

test('or, where the configuration names an issuer, without one of its tokens', () => {
  const [[id, authorizer] = []] = resourcesOf(tokens, 'AWS::ApiGatewayV2::Authorizer');
  expect(authorizer?.Properties).toMatchObject({
    AuthorizerType: 'JWT',
    JwtConfiguration: { Issuer: 'https://login.example.com', Audience: ['meshgraph'] },
  });
  for (const route of routes(tokens)) {
    expect(route).toMatchObject({ AuthorizationType: 'JWT', AuthorizerId: { Ref: id } });
  }
});

test('requests are bounded and logged, without what was asked', () => {
  const [[, stage] = []] = resourcesOf(everything, 'AWS::ApiGatewayV2::Stage');
  const { DefaultRouteSettings, AccessLogSettings } = stage!.Properties as {
    DefaultRouteSettings: Record<string, number>;
    AccessLogSettings: { Format: string; DestinationArn: unknown };
  };
  expect(DefaultRouteSettings.ThrottlingRateLimit).toBeGreaterThan(0);
  expect(DefaultRouteSettings.ThrottlingBurstLimit).toBeGreaterThan(0);
  expect(AccessLogSettings.DestinationArn).toBeDefined();
  expect(JSON.parse(AccessLogSettings.Format)).toHaveProperty('status', '$context.status');
  expect(AccessLogSettings.Format).not.toMatch(/querystring|authorizer\.token/i);
});

test('only the API may call the functions behind it, each on its own route', () => {
  const permissions = resourcesOf(everything, 'AWS::Lambda::Permission').map(([, { Properties }]) => Properties);
  expect(permissions).toHaveLength(2);
  for (const { Principal, SourceArn } of permissions) {
    expect(Principal).toBe('apigateway.amazonaws.com');
    expect(JSON.stringify(SourceArn)).toMatch(/execute-api.*\/v1\/(gate|\{proxy\+\})"/);
  }
});
