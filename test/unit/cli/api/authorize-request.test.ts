import { expect, test } from 'vitest';
import { readApiAddress } from '../../../../cli/api/api-address.ts';
import { authorizationOf } from '../../../../cli/api/authorize-request.ts';

const address = readApiAddress('https://abc123.execute-api.eu-west-1.amazonaws.com');
const request = { method: 'GET', path: '/v1/findings', query: {}, body: undefined } as const;
const headersWith = (token: string) =>
  authorizationOf({ env: { MESHGRAPH_API_TOKEN: token } }, address).headersFor(request);

test('a token from the environment is sent as it is, without the line break that files end in', async () => {
  expect(await headersWith('ey.ab-c_d.ef\n')).toEqual({ authorization: 'Bearer ey.ab-c_d.ef' });
});

test.each(['ey.one\ney.two', 'Bearer ey.one', 'ey.öne'])(
  'a token that is none is refused and not repeated: %j',
  async (token) => {
    const error = await headersWith(token).catch((caught: Error) => caught);
    expect(error).toMatchObject({
      name: 'InvalidInputError',
      message: expect.stringContaining('should hold one token'),
    });
    expect((error as Error).message).not.toContain('ey.');
  },
);
