import type { IncomingMessage } from 'node:http';
import type { Json } from './State.ts';

/** A request to the Web API as it arrived. */
export interface ReadCall {
  readonly args: Json;
  readonly token: string | undefined;
  readonly contentType: string;
  /** Why it cannot be read at all, in Slack's words. */
  readonly error?: string;
}

/** https://docs.slack.dev/apis/web-api/#basics: a form, a query or a JSON body; the token in the header or in the form. */
export async function readCall(request: IncomingMessage): Promise<ReadCall> {
  const body = await readBody(request);
  const contentType = request.headers['content-type'] ?? '';
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const query = new URL(request.url ?? '/', 'http://fake').searchParams;
  if (contentType.startsWith('application/json')) {
    try {
      const args = JSON.parse(body.toString('utf8'));
      if (args === null || typeof args !== 'object' || Array.isArray(args)) throw new Error('not an object');
      return { args, token: bearer, contentType };
    } catch {
      return { args: {}, token: bearer, contentType, error: 'invalid_json' };
    }
  }
  if (contentType.startsWith('multipart/form-data')) {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
    return fields(form.entries(), bearer, contentType);
  }
  const isForm = contentType.startsWith('application/x-www-form-urlencoded');
  if (request.method === 'POST' && body.length > 0 && !isForm) {
    return { args: {}, token: bearer, contentType, error: 'invalid_post_type' };
  }
  return fields([...query, ...new URLSearchParams(body.toString('utf8'))], bearer, contentType);
}

function fields(entries: Iterable<[string, unknown]>, bearer: string | undefined, contentType: string): ReadCall {
  const { token, ...args } = Object.fromEntries(entries) as Json;
  return { args, token: bearer ?? token, contentType };
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
