import { BackscrollError } from '../../../base/BackscrollError.ts';
import type { Log } from '../../../base/log.ts';
import type { DiscordApi } from '../../../platforms/discord/api/createDiscordApi.ts';
import { isGone, isUnshowable } from '../../../platforms/discord/api/failure.ts';
import type { Identity } from '../../../platforms/discord/Identity.ts';
import type { Posts } from '../../../store/posts.ts';
import type { Chat, Posting, Question } from '../../Chat.ts';
import { createFates } from '../../createFates.ts';
import { createPump, type Pump } from '../../createPump.ts';
import { type QuestionParts, readQuestionId } from '../questionId.ts';
import { messageSoFar, type Rendering, renderAnswer, renderFailure, renderPlainly } from '../render/renderAnswer.ts';
import { createDefers, type Defers } from './createDefers.ts';
import { createSurfaces } from './createSurfaces.ts';
import { destinationOf } from './Destination.ts';
import { type Found, lookForPosts } from './lookForPosts.ts';
import type { Placed, Surface } from './Surface.ts';
import { tellAsker } from './tellAsker.ts';

/** Edits of one message: at most one in so long, whatever its bucket would allow. */
const PACE_MS = 1_100;

/** Discord's side of the chat port, and what only Discord's events tell it. */
export interface DiscordChat extends Chat {
  readonly defers: Defers;
  /** A question comes for the first time: nothing of it can be on Discord yet. What it returns takes that back. */
  expect(questionId: string): () => void;
  /** The question was deleted: its answer goes, also one that is still on its way. */
  withdraw(questionId: string): Promise<void>;
  /** Resolves when everything that was handed over is shown, as far as the budget lets it. */
  shown(): Promise<void>;
}

interface Live {
  readonly surface: Surface;
  readonly pump: Pump;
}

export function createDiscordChat(deps: {
  readonly api: DiscordApi;
  readonly identity: Identity;
  readonly posts: Posts;
  readonly signal: AbortSignal;
  readonly log: Log;
}): DiscordChat {
  const { api, identity, posts, log, signal } = deps;
  const defers = createDefers(api);
  const surfaces = createSurfaces({ ...deps, defers, noted: (id, placed, part) => note(id, placed, part) });
  const fates = createFates((id) => id);
  const live = new Map<string, Live>();
  const looked = new Map<string, Found>();

  async function note(questionId: string, { channelId, messageId }: Placed, part: number, answerId?: string) {
    const post = { platform: 'discord', channelId, messageId, questionId, part };
    await posts.put({ ...post, ...(answerId ? { answerId } : {}) });
  }

  async function look(questionId: string, parts: QuestionParts): Promise<Found> {
    const found = looked.get(questionId) ?? (await lookForPosts(api, identity.botUserId, parts));
    looked.delete(questionId);
    return found;
  }

  async function openOf(question: Question): Promise<Live> {
    const { interaction } = destinationOf(question);
    const isNew = fates.isExpected(question.id);
    fates.begun(question.id);
    const known = knownOf(question.id);
    const parts = readQuestionId(question.id);
    let own: readonly Placed[] = known;
    // What only the asker sees, nobody can look for.
    if (own.length === 0 && !isNew && parts && !interaction?.isPrivate) {
      const { posts: found } = await look(question.id, parts);
      own = found.map(({ messageId }) => ({ channelId: question.channelId, messageId }));
      for (const [part, placed] of own.entries()) await note(question.id, placed, part);
    }
    const surface = surfaces.of(question, own);
    const isSign = own.length > 0 || interaction !== undefined;
    if (!isSign) await surface.write(0, messageSoFar(''));
    const pump = createPump({
      ...{ paceMs: PACE_MS, timing: api.timing, signal },
      shown: own.length > 0 ? undefined : '',
      show: (text) => surface.tryShow(messageSoFar(text)),
    });
    return { surface, pump };
  }

  const knownOf = (questionId: string): Placed[] =>
    posts.ofQuestion(questionId).filter(({ messageId }) => /^\d+$/.test(messageId));

  async function settle({ surface, pump }: Live, rendering: Rendering): Promise<Placed[]> {
    await pump.end();
    const shown: Placed[] = [];
    for (const [part, message] of rendering.entries()) shown.push(await surface.write(part, message));
    await surface.trim(rendering.length);
    return shown;
  }

  async function complete(question: Question, shownNow: Live, renderings: readonly Rendering[], answerId: string) {
    const { id } = question;
    if (fates.of(id) !== 'withdrawn') {
      try {
        const shown = await settleAs(shownNow, renderings);
        const isPrivate = destinationOf(question).interaction?.isPrivate;
        for (const [part, placed] of shown.entries()) {
          const messageId =
            isPrivate || !/^\d+$/.test(placed.messageId) ? `private:${answerId}:${part}` : placed.messageId;
          await note(id, { ...placed, messageId }, part, answerId);
        }
      } catch (error) {
        live.delete(id);
        if (!isGone(error)) throw error;
        log.warn({ err: error, questionId: id, traceId: answerId }, 'there is no place for an answer any more');
        await tellAsker(api, question, signal, log);
      }
    }
    live.delete(id);
    if (fates.of(id) === 'withdrawn') await takeAway(id, shownNow);
  }

  /** Better plain than not at all. */
  async function settleAs(shownNow: Live, [first, ...others]: readonly Rendering[]): Promise<Placed[]> {
    try {
      return await settle(shownNow, first ?? []);
    } catch (error) {
      if (!isUnshowable(error) || others.length === 0) throw error;
      return settleAs(shownNow, others);
    }
  }

  async function takeAway(questionId: string, shownNow: Live | undefined) {
    const parts = readQuestionId(questionId);
    await shownNow?.pump.end();
    const known = [...knownOf(questionId), ...(shownNow?.surface.placed() ?? [])];
    const found = known.length === 0 && parts ? (await lookForPosts(api, identity.botUserId, parts)).posts : [];
    const own = [...known, ...found.map(({ messageId }) => ({ channelId: parts?.channelId ?? '', messageId }))];
    const byChannel = Map.groupBy(own, ({ channelId }) => channelId);
    for (const [channelId, placed] of byChannel) {
      const question = { id: questionId, channelId, personId: '', replyTo: '' } as Question;
      await surfaces.of(question, placed).trim(0);
      for (const post of placed) await posts.remove({ platform: 'discord', ...post });
    }
  }

  return {
    platform: 'discord',
    defers,

    async begin(question): Promise<Posting> {
      if (signal.aborted) throw new BackscrollError('cancelled', 'Backscroll is stopping.');
      const current = live.get(question.id) ?? (await openGently(question));
      if (!current) return nowhere();
      live.set(question.id, current);
      let text = '';
      current.pump.want(text);
      return {
        append(more) {
          text += more;
          if (fates.of(question.id) === undefined) current.pump.want(text);
        },
        finish: (answer, traceId) =>
          complete(question, current, [renderAnswer(answer, traceId), renderPlainly(answer, traceId)], traceId),
        fail: (sentence, traceId) => complete(question, current, [renderFailure(sentence, traceId)], traceId),
      };
    },

    async isAnswered(questionId) {
      if (fates.of(questionId) !== undefined) return true;
      if (posts.ofQuestion(questionId).some(({ answerId }) => answerId !== undefined)) return true;
      const parts = readQuestionId(questionId);
      if (!parts || live.has(questionId) || fates.isExpected(questionId)) return false;
      if (parts.kind === 'interaction' && parts.isPrivate) return false;
      const found = await look(questionId, parts);
      looked.set(questionId, found);
      const answerId = found.posts.at(-1)?.answerId;
      if (answerId === undefined) return !found.isQuestionThere;
      for (const [part, { messageId }] of found.posts.entries()) {
        await note(questionId, { channelId: parts.channelId, messageId }, part, answerId);
      }
      return true;
    },

    expect(questionId) {
      fates.expect(questionId);
      return () => fates.begun(questionId);
    },

    async withdraw(questionId) {
      fates.withdraw(questionId);
      const shownNow = live.get(questionId);
      live.delete(questionId);
      await takeAway(questionId, shownNow);
    },

    async shown() {
      for (const { pump } of live.values()) await pump.idle();
    },
  };

  /** Undefined where nothing can be posted: the asker is told, and what is answered is only kept. */
  async function openGently(question: Question): Promise<Live | undefined> {
    try {
      return await openOf(question);
    } catch (error) {
      if (!isGone(error)) throw error;
      log.warn({ err: error, questionId: question.id }, 'there is no place for an answer');
      await tellAsker(api, question, signal, log);
      return undefined;
    }
  }
}

function nowhere(): Posting {
  return { append() {}, finish: async () => {}, fail: async () => {} };
}
