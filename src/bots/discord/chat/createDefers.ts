import { z } from 'zod';
import type { DiscordApi } from '../../../platforms/discord/api/createDiscordApi.ts';
import { discordWord, isUnshowable, statusOf } from '../../../platforms/discord/api/failure.ts';
import { WORDS } from '../words.ts';

const DEFERRED = 5;
const MESSAGE = 4;
const EPHEMERAL = 1 << 6;
const KEPT = 2_000;
/** Discord gives an app three seconds. */
const WITHIN_MS = 2_500;

/** Interactions that are to be answered later: acknowledged within Discord's three seconds. */
export interface Defers {
  /** Acknowledges; resolves with whether the interaction can be answered. Called again it does nothing more. */
  begin(interaction: { readonly id: string; readonly token: string; readonly isPrivate: boolean }): Promise<boolean>;
}

export function createDefers(api: DiscordApi): Defers {
  const known = new Map<string, Promise<boolean>>();
  /** Servers that others wrote may not know how to answer later. */
  let canDefer = true;

  async function callback(id: string, token: string, type: number, isPrivate: boolean): Promise<void> {
    const flags = isPrivate ? { flags: EPHEMERAL } : {};
    const data = type === MESSAGE ? { content: WORDS.reading, allowed_mentions: { parse: [] }, ...flags } : flags;
    await api.call('POST', `/interactions/${id}/${token}/callback`, {
      ...{ answer: z.unknown(), priority: 'answer', once: true, withinMs: WITHIN_MS, body: { type, data } },
    });
  }

  async function begin(id: string, token: string, isPrivate: boolean): Promise<boolean> {
    for (let tries = 0; tries < 3; tries++) {
      try {
        await callback(id, token, canDefer ? DEFERRED : MESSAGE, isPrivate);
        return true;
      } catch (error) {
        if (discordWord(error) === 'alreadyAcknowledged') return true;
        if (discordWord(error) === 'unknownInteraction' || statusOf(error) === 404) return false;
        if (isUnshowable(error) && canDefer) canDefer = false;
        else if (statusOf(error) !== undefined && (statusOf(error) as number) < 500) return false;
      }
    }
    // It is open whether it arrived: the answer will tell.
    return true;
  }

  return {
    begin({ id, token, isPrivate }) {
      const under = known.get(id) ?? begin(id, token, isPrivate);
      known.set(id, under);
      if (known.size > KEPT) known.delete(known.keys().next().value as string);
      return under;
    },
  };
}
