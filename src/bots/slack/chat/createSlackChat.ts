import { BackscrollError } from '../../../base/BackscrollError.ts';
import type { Log } from '../../../base/log.ts';
import { detectLanguage } from '../../../knowledge/words/language.ts';
import type { SlackApi } from '../../../platforms/slack/api/createSlackApi.ts';
import { isGone } from '../../../platforms/slack/api/failure.ts';
import type { Workspace } from '../../../platforms/slack/workspace.ts';
import type { Posts } from '../../../store/posts.ts';
import type { Chat, Posting, Question } from '../../Chat.ts';
import { createFates } from '../../createFates.ts';
import { readQuestionId, unedited } from '../questionId.ts';
import { type Rendering, renderAnswer, renderFailure } from '../render/renderAnswer.ts';
import { createChooseDisplay } from './chooseDisplay.ts';
import { createSender } from './createSender.ts';
import { type Destination, destinationOf } from './Destination.ts';
import type { Display } from './Display.ts';
import { type Found, lookForPosts } from './lookForPosts.ts';

/** Slack's side of the chat port, and what only Slack's events tell it. */
export interface SlackChat extends Chat {
  /**
   * A question comes for the first time: nothing of it can be on the platform yet. It replaces earlier versions.
   * What it returns takes that back, if it was known after all.
   */
  expect(questionId: string): () => void;
  /** The question was deleted: its answer goes, also one that is still on its way. */
  withdraw(questionId: string): Promise<void>;
  /** Resolves when everything that was handed over is shown, as far as the budget lets it. */
  shown(): Promise<void>;
}

interface Live {
  readonly display: Display;
  readonly to: Destination;
}

export function createSlackChat(deps: {
  readonly api: SlackApi;
  readonly workspace: Workspace;
  readonly posts: Posts;
  readonly sendToResponseUrl: (url: string, message: Readonly<Record<string, unknown>>) => Promise<void>;
  readonly signal: AbortSignal;
  readonly log: Log;
}): SlackChat {
  const { api, workspace, posts, log, signal } = deps;
  const sender = createSender({ api, workspace, signal });
  const isKnown = (channel: string, ts: string) => posts.find('slack', channel, ts) !== undefined;
  const displays = createChooseDisplay({ ...deps, sender, isKnown, noted: (id, to, ts) => note(id, to, ts, 0) });
  const fates = createFates(unedited);
  const live = new Map<string, Live>();
  const looked = new Map<string, Found>();

  async function note(questionId: string, { channel }: Destination, ts: string, part: number, answerId?: string) {
    const post = { platform: 'slack', channelId: channel, messageId: ts, questionId, part };
    await posts.put({ ...post, ...(answerId ? { answerId } : {}) });
  }

  async function look(questionId: string): Promise<Found> {
    const found = looked.get(questionId) ?? (await lookForPosts(api, workspace, questionId));
    looked.delete(questionId);
    return found;
  }

  async function displayOf(question: Question, to: Destination): Promise<Display> {
    const isNew = fates.isExpected(question.id) || to.kind === 'private';
    fates.begun(question.id);
    const known = posts.ofQuestion(unedited(question.id)).map(({ messageId }) => messageId);
    if (known.length > 0) return displays.existing(question.id, to, known);
    if (isNew) return displays.fresh(question.id, to);
    const { posts: found, ...rest } = await look(question.id);
    // One that we know is another question's.
    const strays = rest.strays.filter((ts) => !isKnown(to.channel, ts));
    if (found.length + strays.length === 0) return displays.fresh(question.id, to);
    const inOrder = [...found].sort((a, b) => a.mark.part - b.mark.part).map(({ ts }) => ts);
    return displays.existing(question.id, to, inOrder, strays);
  }

  async function complete(question: Question, { display, to }: Live, rendering: Rendering, answerId: string) {
    const base = unedited(question.id);
    const fate = fates.of(question.id);
    // A newer version of the question goes on in the same posts.
    if (fate === 'superseded') return;
    if (fate !== 'withdrawn') {
      try {
        const shown = await display.settle(rendering, { questionId: question.id, answerId });
        for (const [part, ts] of shown.entries()) await note(question.id, to, ts, part, answerId);
        if (shown.length === 0) await note(question.id, to, `private:${answerId}`, 0, answerId);
      } catch (error) {
        live.delete(base);
        if (!isGone(error)) throw error;
        log.warn(
          { err: error, questionId: question.id, traceId: answerId },
          'there is no place for an answer any more',
        );
        await tellAsker(question);
      }
    }
    live.delete(base);
    if (fates.of(question.id) === 'withdrawn') await takeAway(base, { display, to });
  }

  /** The one thing that can still be said to somebody whose channel is gone. */
  async function tellAsker({ id, personId, channelId }: Question) {
    const text = `I could not post my answer in <#${channelId}>: I may not write there any more. You can ask me here.`;
    try {
      const to = { kind: 'pane', channel: personId, personId } as const;
      await sender.post(to, text, { questionId: id, part: 0, parts: 1 });
    } catch (error) {
      if (signal.aborted) throw error;
      log.debug({ err: error, questionId: id }, 'the asker cannot be told either');
    }
  }

  async function takeAway(base: string, shown: Live | undefined) {
    const channel = shown?.to.channel ?? readQuestionId(base)?.channelId;
    const known = posts.ofQuestion(base);
    const streamed = await shown?.display.leave();
    const found = known.length === 0 && !shown ? (await lookForPosts(api, workspace, base)).posts : [];
    const all = new Set([
      ...known.map(({ messageId }) => messageId),
      ...(streamed ?? []),
      ...found.map(({ ts }) => ts),
    ]);
    for (const ts of all) {
      if (!channel) continue;
      await sender.remove({ channel }, ts);
      await posts.remove({ platform: 'slack', channelId: channel, messageId: ts });
    }
  }

  return {
    platform: 'slack',

    async begin(question): Promise<Posting> {
      if (signal.aborted) throw new BackscrollError('cancelled', 'Backscroll is stopping.');
      const base = unedited(question.id);
      const to = destinationOf(question);
      const current = live.get(base) ?? { to, display: await displayOf(question, to) };
      live.set(base, current);
      fates.begun(question.id);
      let text = '';
      current.display.show(text);
      return {
        append(more) {
          text += more;
          if (fates.of(question.id) === undefined) current.display.show(text);
        },
        finish(answer, traceId) {
          const language = detectLanguage(question.text.slice(0, 2_000));
          return complete(question, current, renderAnswer(answer, traceId, language), traceId);
        },
        fail: (sentence, traceId) => complete(question, current, renderFailure(sentence, traceId), traceId),
      };
    },

    async isAnswered(questionId) {
      if (fates.of(questionId) !== undefined) return true;
      const base = unedited(questionId);
      const known = posts.ofQuestion(base);
      if (known.some((post) => post.questionId === questionId && post.answerId !== undefined)) return true;
      const parts = readQuestionId(questionId);
      if (!parts || live.has(base) || fates.isExpected(questionId)) return false;
      const found = await look(questionId);
      looked.set(questionId, found);
      const own = found.posts.filter(({ mark }) => mark.questionId === questionId && mark.answerId !== undefined);
      const isWhole = own.length > 0 && own.length >= (own[0]?.mark.parts ?? 1);
      if (!isWhole) return !found.isQuestionThere;
      for (const { ts, mark } of own) {
        await note(
          questionId,
          { kind: 'channel', channel: parts.channelId, personId: '' },
          ts,
          mark.part,
          mark.answerId,
        );
      }
      return true;
    },

    expect(questionId) {
      fates.expect(questionId);
      return () => fates.begun(questionId);
    },

    async withdraw(questionId) {
      const base = unedited(questionId);
      fates.withdraw(base);
      const shown = live.get(base);
      live.delete(base);
      await takeAway(base, shown);
    },

    async shown() {
      for (const { display } of live.values()) await display.idle();
    },
  };
}
