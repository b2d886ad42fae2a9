import type { Context } from 'hono';
import type { z } from 'zod';
import { BackscrollError } from '../../base/BackscrollError.ts';

/** The JSON body of a request in the shape of `schema`. Throws BackscrollError `input` that names what is wrong. */
export async function readBody<T extends z.ZodType>(c: Context, schema: T): Promise<z.output<T>> {
  let body: unknown;
  try {
    body = await c.req.json();
  } catch (error) {
    throw new BackscrollError('input', 'The request is not JSON.', { cause: error });
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join('.') || 'the request';
  throw new BackscrollError('input', `${where}: ${issue?.message ?? 'not understood'}`);
}
