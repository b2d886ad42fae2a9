import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import type { Method } from './routeOf.ts';

/** https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
const CODES = {
  unknownChannel: 10003,
  unknownGuild: 10004,
  unknownMember: 10007,
  unknownMessage: 10008,
  unknownUser: 10013,
  unknownWebhook: 10015,
  unknownInteraction: 10062,
  alreadyAcknowledged: 40060,
  missingAccess: 50001,
  cannotMessageUser: 50007,
  missingPermissions: 50013,
  invalidToken: 50027,
  invalidForm: 50035,
  archivedThread: 50083,
  threadLocked: 160005,
  cannotReplyWithoutHistory: 160002,
} as const;
type Word = keyof typeof CODES;

const WORDS: ReadonlyMap<number, Word> = new Map(Object.entries(CODES).map(([word, code]) => [code, word as Word]));

function causeOf(error: unknown): unknown {
  return error instanceof BackscrollError ? error.cause : error;
}

/** Why Discord refused, in a word of ours; undefined for any other reason. */
export function discordWord(error: unknown): Word | undefined {
  const cause = causeOf(error);
  return cause instanceof DiscordAPIError ? WORDS.get(Number(cause.code)) : undefined;
}

/** The HTTP status of a refusal, if it was one. */
export function statusOf(error: unknown): number | undefined {
  const cause = causeOf(error);
  return cause instanceof DiscordAPIError || cause instanceof HTTPError ? cause.status : undefined;
}

/** The message that was to be changed is not there. */
export const isLost = (error: unknown) =>
  discordWord(error) === 'unknownMessage' ||
  (statusOf(error) === 404 && !['unknownChannel', 'unknownGuild'].includes(discordWord(error) ?? ''));

/** Where the answer should go is not there (any more) for us. */
export function isGone(error: unknown): boolean {
  const word = discordWord(error);
  return (
    statusOf(error) === 403 ||
    statusOf(error) === 404 ||
    word === 'archivedThread' ||
    word === 'threadLocked' ||
    word === 'cannotReplyWithoutHistory'
  );
}

/** What Discord would not show as it was written. */
export const isUnshowable = (error: unknown) => discordWord(error) === 'invalidForm' || statusOf(error) === 400;

/** How long Discord wants us to wait, or the error as ours. */
export type Failure = { readonly retryAfterMs: number; readonly isGlobal: boolean } | BackscrollError;

/** What became of a request. @param place the method and the path, without a token */
export function readFailure(method: Method, place: string, error: unknown): Failure {
  if (error instanceof RateLimitError) {
    return { retryAfterMs: Math.max(250, error.retryAfter || 1_000), isGlobal: error.global };
  }
  const because = { cause: error };
  if (error instanceof DiscordAPIError) {
    if (error.status === 401 && !place.startsWith('/webhooks') && !place.startsWith('/interactions')) {
      const sentence =
        'Discord does not know the bot’s token (401). Make a new one under Bot → Reset Token at https://discord.com/developers/applications, set DISCORD_TOKEN to it and restart.';
      return new BackscrollError('refused', sentence, because);
    }
    const why = `${error.code}${discordWord(error) ? `, ${discordWord(error)}` : ''}, HTTP ${error.status}`;
    return new BackscrollError('refused', `Discord refuses ${method} ${place} (${why}).`, because);
  }
  if (error instanceof HTTPError) {
    return new BackscrollError(
      'unavailable',
      `Discord answered ${method} ${place} with HTTP ${error.status}.`,
      because,
    );
  }
  return new BackscrollError('unavailable', `Discord did not answer ${method} ${place}.`, because);
}
