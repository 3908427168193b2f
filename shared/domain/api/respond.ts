import { sha256 } from '../sha256.ts';
import { type ApiRequest, type ApiResponse, carriedBytes, LONGEST_ANSWER } from './http.ts';

/** Keeps a long answer where it can be fetched for a while without the API's authorisation. `expiresAt` in epoch ms. */
export type KeepAnswer = (name: string, text: string) => Promise<{ readonly url: string; readonly expiresAt: number }>;

const JSON_TYPE = 'application/json; charset=utf-8';

/** An answer as HTTP: 304 when the caller has it already, 303 to where a long one lies. */
export async function respond(answer: unknown, request: ApiRequest, keepAnswer: KeepAnswer): Promise<ApiResponse> {
  const text = `${JSON.stringify(answer)}\n`;
  const bytes = new TextEncoder().encode(text);
  const digest = (await sha256(bytes)).slice(0, 32);
  // The answers are each caller's own, and may be shown again only after asking whether they still hold.
  const headers = { etag: `"${digest}"`, 'cache-control': 'private, no-cache' };
  const isRead = request.method !== 'POST';
  if (isRead && isNamed(request.headers['if-none-match'], headers.etag)) return { status: 304, headers, body: '' };
  if (carriedBytes(text) > LONGEST_ANSWER) {
    const kept = await keepAnswer(`${digest}.json`, text);
    const body = `${JSON.stringify({ ...kept, bytes: bytes.length })}\n`;
    return answered(request, 303, { ...headers, location: kept.url, 'content-type': JSON_TYPE }, body);
  }
  return answered(request, 200, { ...headers, 'content-type': JSON_TYPE }, text);
}

const answered = ({ method }: ApiRequest, status: number, headers: ApiResponse['headers'], body: string) => ({
  status,
  headers,
  body: method === 'HEAD' ? '' : body,
});

/** If-None-Match compares weakly (RFC 9110, 13.1.2). */
function isNamed(condition: string | undefined, etag: string): boolean {
  const named = (condition ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  return named.includes(etag) || named.includes('*');
}
