import { z } from 'zod';
import { LONGEST_ANSWER, LONGEST_BODY, LONGEST_MANIFESTS } from './http.ts';
import { type Operation, pathParameters } from './operation.ts';
import { OPERATIONS } from './operations.ts';
import { COMMON_FAILURES, problem, titleOf } from './problem.ts';

type JsonSchema = Record<string, unknown>;

const DESCRIPTION = [
  'The dated graph of a Linkerd mesh, on demand. All instants in answers are epoch milliseconds, UTC.',
  `An answer over ${LONGEST_ANSWER / 1_000_000} MB (quotes escaped) is fetched from where a 303 points, within 15 minutes and`,
  `without the authorisation of this API. Bodies of requests are JSON of at most ${LONGEST_BODY / 1_000} KB, manifests of ${LONGEST_MANIFESTS / 1_000_000} MB; the gateway ends a request after 30 s.`,
  'Every error is application/problem+json (RFC 9457). Answers carry a strong ETag; If-None-Match is answered 304.',
].join('\n');

/** The API as OpenAPI 3.1, made from the table of operations. */
export function openApi(): JsonSchema {
  const components: Record<string, JsonSchema> = {};
  const paths: Record<string, JsonSchema> = {};
  const problems = jsonSchemaOf(problem, components);
  for (const [id, operation] of Object.entries(OPERATIONS)) {
    const described = describe(id, operation, problems, components);
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: described };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'meshgraph', version: '1.0.0', description: DESCRIPTION, license: { name: 'Apache-2.0' } },
    servers: [{ url: 'https://{host}', variables: { host: { default: 'api.example.com' } } }],
    security: [{ iam: [] }, { token: [] }],
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        iam: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: 'AWS Signature Version 4 for the service execute-api; needs execute-api:Invoke.',
        },
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'Where api.authorizer names an issuer.',
        },
      },
    },
  };
}

function describe(id: string, operation: Operation, problems: JsonSchema, components: Record<string, JsonSchema>) {
  const { method, summary, description, input, answer, fails } = operation;
  const { properties = {}, required = [] } = jsonSchemaOf(input, components) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  const inPath = pathParameters(operation.path);
  const others = Object.keys(properties).filter((name) => !inPath.includes(name));
  const parameter = (where: 'path' | 'query') => (name: string) => {
    const { description: meaning, ...schema } = properties[name] ?? {};
    return { name, in: where, required: required.includes(name), description: meaning, schema };
  };
  const mandatory = required.filter((name) => !inPath.includes(name));
  const body = {
    type: 'object',
    properties: Object.fromEntries(others.map((name) => [name, properties[name]])),
    ...(mandatory.length > 0 ? { required: mandatory } : {}),
  };
  const failures = [...COMMON_FAILURES, ...fails, ...(method === 'POST' ? [413, 415] : [])].sort((a, b) => a - b);
  return {
    operationId: id,
    summary,
    description,
    parameters: [...inPath.map(parameter('path')), ...(method === 'GET' ? others.map(parameter('query')) : [])],
    ...(method === 'POST' && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: {
      ...(answer instanceof z.ZodNever ? {} : successes(method, jsonSchemaOf(answer, components))),
      ...Object.fromEntries(
        failures.map((status) => [
          status,
          { description: titleOf(status), content: { 'application/problem+json': { schema: problems } } },
        ]),
      ),
    },
  };
}

function successes(method: Operation['method'], schema: JsonSchema): JsonSchema {
  const etag = { ETag: { description: 'Over the content.', schema: { type: 'string' } } };
  const answered = { description: 'The answer.', headers: etag, content: { 'application/json': { schema } } };
  const location = { Location: { description: 'Where the answer lies.', schema: { type: 'string', format: 'uri' } } };
  const elsewhere = { description: 'The answer is long: fetch it there.', headers: { ...etag, ...location } };
  if (method === 'POST') return { 200: answered, 303: elsewhere };
  return {
    200: answered,
    303: elsewhere,
    304: { description: 'It is still what If-None-Match names.', headers: etag },
  };
}

/** A schema as it stands in the document; what has a name of its own goes to the components. */
function jsonSchemaOf(schema: z.ZodType, components: Record<string, JsonSchema>): JsonSchema {
  const converted = z.toJSONSchema(schema, { io: 'input', override: withoutSafeBounds }) as JsonSchema;
  const {
    $schema: _,
    $defs = {},
    ...own
  } = JSON.parse(JSON.stringify(converted).replaceAll('"#/$defs/', '"#/components/schemas/')) as JsonSchema & {
    $defs?: Record<string, JsonSchema>;
  };
  for (const [name, { id: _id, ...definition }] of Object.entries($defs)) components[name] = definition;
  const { id, ...rest } = own;
  if (typeof id !== 'string') return own;
  components[id] = rest;
  return { $ref: `#/components/schemas/${id}` };
}

/** That an integer is one JavaScript can hold says nothing about it. */
function withoutSafeBounds({ jsonSchema }: { jsonSchema: JsonSchema }): void {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
}
