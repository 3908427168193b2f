import { z } from 'zod';
import { LONGEST_ANSWER, LONGEST_BODY, LONGEST_MANIFESTS } from '../shared/domain/api/http.ts';
import { type Operation, pathParameters } from '../shared/domain/api/operation.ts';
import { OPERATIONS } from '../shared/domain/api/operations.ts';

type Parameter = {
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
};

/** docs/api.md: how a deployed API is called, and every operation with its parameters. */
export function renderApiReference(): string {
  const operations = Object.values<Operation>(OPERATIONS);
  const rows = operations.map(
    ({ method, path, summary }) => `| [\`${method} ${path}\`](#${anchor(method, path)}) | ${summary} |`,
  );
  return [
    ...INTRODUCTION,
    '| operation | what it answers |',
    '| --- | --- |',
    ...rows,
    ...operations.flatMap(section),
    '',
  ].join('\n');
}

const INTRODUCTION = [
  '# The API',
  '',
  'Made from `shared/domain/api` by `npm run docs`; the same table routes, validates and describes it. The description for',
  'tools is [openapi.json](openapi.json) (OpenAPI 3.1), and a deployed API answers its own at `/v1/openapi.json`.',
  '',
  '## Calling it',
  '',
  'The stack tells the address as the output `meshgraphapiurl...`. By default API Gateway lets in whom IAM allows',
  '`execute-api:Invoke`; with `api.authorizer` in `meshgraph.yaml`, whoever bears a token of that issuer.',
  '',
  '```sh',
  'meshgraph ask callers books/authors --api https://abc123.execute-api.eu-west-1.amazonaws.com',
  'export MESHGRAPH_API=https://abc123.execute-api.eu-west-1.amazonaws.com   # for ask, check, diff, export, findings and gate',
  'export MESHGRAPH_API_TOKEN=...                                            # a token instead of a signature',
  'curl --aws-sigv4 aws:amz:eu-west-1:execute-api --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" \\',
  '  -H "x-amz-security-token: $AWS_SESSION_TOKEN" "$MESHGRAPH_API/v1/questions/callers?callee=books/authors"',
  '```',
  '',
  'The command signs with the credentials of the AWS default chain, for the region that the host names, else AWS_REGION.',
  'A caller who may only read needs `execute-api:Invoke` on `arn:aws:execute-api:REGION:ACCOUNT:API/$default/GET/v1/*`;',
  'accepting and reopening findings is `.../POST/v1/findings/*`, free Cypher `.../POST/v1/cypher`, the gate `.../POST/v1/gate`, which is',
  'all that a job of pull requests needs.',
  '',
  '## What every answer has',
  '',
  '- **Instants** are epoch milliseconds, UTC. In a query they are written as on the command line: `2026-11-23T17:54:00Z`, `-2h`.',
  '- **Freshness**: for each cluster spoken of, the instant the answer is of, the newest scan of each source up to then, and',
  '  what traffic windows do not cover. What was not seen is unknown, never absent.',
  '- **ETag**, strong, over the content; `If-None-Match` is answered 304. `Cache-Control: private, no-cache`.',
  '- **Errors** are `application/problem+json` (RFC 9457); `detail` says what was expected, what came, and what to do. 503 may',
  '  carry `Retry-After`.',
  `- **Long answers**: over ${LONGEST_ANSWER / 1_000_000} MB (quotes escaped) the answer is a 303 to where it lies (presigned, 15 minutes). Fetch it without the`,
  '  authorisation of the API: S3 refuses two at once. The body of the 303 says the same as JSON: `url`, `expiresAt`, `bytes`.',
  `- **Limits**: bodies of ${LONGEST_BODY / 1_000} KB, for the gate of ${LONGEST_MANIFESTS / 1_000_000} MB (quotes escaped); 23 seconds a request, pages of 200, and the rate of`,
  '  the stage.',
  '- **Pages**: `next` is the `cursor` of the next page, null on the last one.',
  '',
  '## Free Cypher',
  '',
  'Off unless `api.cypher.enabled`. Five fences stand before a statement: an authenticated caller; the switch, since the named',
  "questions come first; the server's own plan of it (EXPLAIN), which must only read, and hold no LOAD CSV, no administration, no",
  'CALL IN TRANSACTIONS and no procedure but those that tell the schema; a READ session, in which the server refuses to write;',
  'and a time-out and row cap. Functions of plug-ins (apoc, genai...) are refused by their first word, wherever it stands. Give',
  'the deployment a login that can only read the graph where your tier of Neo4j has such roles: then there are six.',
  '',
  '## Operations',
  '',
];

const anchor = (method: string, path: string): string =>
  `${method} ${path}`
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

function section({ method, path, description, input, fails }: Operation): string[] {
  const { properties = {}, required = [] } = z.toJSONSchema(input, { io: 'input' }) as {
    properties?: Record<string, Parameter>;
    required?: string[];
  };
  const inPath = pathParameters(path);
  const place = (name: string) => (inPath.includes(name) ? 'path' : method === 'GET' ? 'query' : 'body');
  const rows = Object.entries(properties).map(
    ([name, parameter]) =>
      `| \`${name}\` | ${place(name)}${required.includes(name) ? ', required' : ''} | ${typeOf(parameter)} | ${parameter.description ?? ''} |`,
  );
  return [
    '',
    `### ${method} ${path}`,
    '',
    description,
    ...(rows.length > 0 ? ['', '| parameter | in | type | meaning |', '| --- | --- | --- | --- |', ...rows] : []),
    ...(fails.length > 0 ? ['', `Answers ${fails.join(', ')} beside what any operation may.`] : []),
  ];
}

function typeOf({ type, enum: choices, default: usual }: Parameter): string {
  const what = choices ? choices.map((one) => `\`${one}\``).join(', ') : (type ?? 'any');
  return usual === undefined || typeof usual === 'object' ? what : `${what}; default ${usual}`;
}
