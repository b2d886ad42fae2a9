import { Refused } from './Refused.ts';
import type { Json } from './State.ts';

/**
 * One page of a list by cursor: https://docs.slack.dev/apis/web-api/pagination
 * Some methods refuse a limit that is too high, others (`isCut`) give what they can.
 */
export function page<T>(
  items: readonly T[],
  args: { readonly cursor?: string | undefined; readonly limit?: number | undefined },
  limits: { readonly usual: number; readonly most: number; readonly isCut?: boolean },
): { readonly items: readonly T[]; readonly hasMore: boolean; readonly response_metadata: Json } {
  const from = args.cursor ? Number(Buffer.from(args.cursor, 'base64').toString().replace('next:', '')) : 0;
  if (!Number.isInteger(from) || from < 0 || from > items.length) throw new Refused('invalid_cursor');
  const asked = args.limit || limits.usual;
  if (asked > limits.most && !limits.isCut) throw new Refused('invalid_limit');
  const limit = Math.min(asked, limits.most);
  const hasMore = from + limit < items.length;
  const next = hasMore ? Buffer.from(`next:${from + limit}`).toString('base64') : '';
  return { items: items.slice(from, from + limit), hasMore, response_metadata: { next_cursor: next } };
}
