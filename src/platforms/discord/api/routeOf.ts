export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What Discord counts requests by. https://discord.com/developers/docs/topics/rate-limits */
export interface Route {
  /** `PATCH /channels/ID/messages/:id`: ids but the major one are left out. */
  readonly key: string;
  /** Interactions, and the webhooks that they come with, do not count for the whole bot. */
  readonly isInteraction: boolean;
}

/** @param path without `/api/v10` and query: `/channels/1/messages/2` */
export function routeOf(method: Method, path: string): Route {
  const [, top = '', major = '', token = '', ...rest] = path.split('/');
  const isInteraction = top === 'interactions' || top === 'webhooks';
  const short = (part: string) => (/^\d{5,20}$/.test(part) || part.startsWith('@') ? ':id' : part);
  const owner = top === 'channels' || top === 'guilds' || isInteraction ? major : short(major);
  // The token of an interaction is part of what its limits are counted by.
  const second = isInteraction ? token : short(token);
  // Emoji, in whatever way they are written, are counted together.
  const others = rest.map((part, i) => (rest[i - 1] === 'reactions' ? ':emoji' : short(part)));
  const shown = [top, owner, second, ...others].filter(Boolean).join('/');
  return { key: `${method} /${shown}`, isInteraction };
}
