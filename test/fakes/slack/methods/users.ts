import { z } from 'zod';
import { count, flag, text } from '../args.ts';
import { method } from '../Method.ts';
import { page } from '../paging.ts';
import { Refused } from '../Refused.ts';
import { renderFile, renderUser } from '../render.ts';

export const userMethods = {
  'users.info': method({
    tier: 4,
    scopes: ['users:read'],
    args: z.object({ user: text, include_locale: flag.optional() }),
    run({ user: id }, { state }) {
      const user = state.users.get(id);
      if (!user) throw new Refused('user_not_found');
      return { user: renderUser(state, user) };
    },
  }),

  'users.list': method({
    tier: 2,
    scopes: ['users:read'],
    args: z.object({ cursor: text.optional(), limit: count.optional(), include_locale: flag.optional() }),
    run(args, { state }) {
      const all = [...state.users.values()];
      const { items, response_metadata } = page(all, args, { usual: 1000, most: 1000 });
      const cache_ts = Math.floor(state.clock.now() / 1000);
      return { members: items.map((user) => renderUser(state, user)), cache_ts, response_metadata };
    },
  }),

  'files.info': method({
    tier: 4,
    scopes: ['files:read'],
    args: z.object({
      file: text,
      count: count.optional(),
      page: count.optional(),
      cursor: text.optional(),
      limit: count.optional(),
    }),
    run({ file: id }, { state }) {
      const file = state.files.get(id);
      const isVisible = file?.channelIds.some((channel) =>
        state.channels.get(channel)?.members.has(state.app.botUserId),
      );
      if (!file || !isVisible) throw new Refused('file_not_found');
      if (file.isDeleted) throw new Refused('file_deleted');
      return { file: renderFile(state, file), comments: [], response_metadata: { next_cursor: '' } };
    },
  }),
};
