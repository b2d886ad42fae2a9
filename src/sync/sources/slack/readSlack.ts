import { z } from 'zod';
import type { Message } from '../../../knowledge/Message.ts';
import { readSlackMessage } from '../../../platforms/slack/readMessage.ts';
import type { SlackSide } from '../../../platforms/slack/SlackSide.ts';
import type { Spaces } from '../../../store/spaces.ts';

const who = z.object({ user: z.string().optional().catch(undefined), bot_id: z.string().optional().catch(undefined) });

/**
 * Reads raw messages of a channel, in their order; undefined for what is not for us: deleted, a notice, said by a bot,
 * by ourselves, or by somebody whom the config leaves out.
 */
export type ReadSlack = (channelId: string, raws: readonly unknown[]) => Promise<(Message | undefined)[]>;

export function createReadSlack(
  { workspace, people }: Pick<SlackSide, 'workspace' | 'people'>,
  spaces: Pick<Spaces, 'isBot'>,
  settings: { readonly includeBots: boolean; readonly exceptPeople: readonly string[] },
): ReadSlack {
  const except = new Set(settings.exceptPeople);
  const isBot = (id: string) => spaces.isBot(workspace.space, id);

  return async (channelId, raws) => {
    const told = raws.map((raw) => who.safeParse(raw).data ?? {});
    // A person who writes through an app carries a bot's id too: only who they are can tell.
    const unknown = told.flatMap(({ user, bot_id }) =>
      user && bot_id && bot_id !== workspace.botId && isBot(user) === undefined ? [user] : [],
    );
    if (unknown.length > 0) await people.know([...new Set(unknown)], 'background');
    const context = {
      ...{ channelId, teamId: workspace.teamId, isBot, includeBots: settings.includeBots },
      ...(workspace.domain ? { domain: workspace.domain } : {}),
    };
    return raws.map((raw, i) => {
      const { user, bot_id } = told[i] ?? {};
      if (user === workspace.botUserId || (bot_id && bot_id === workspace.botId)) return undefined;
      const reading = readSlackMessage(raw, context);
      return 'skipped' in reading || except.has(reading.personId) ? undefined : reading;
    });
  };
}
