import { z } from 'zod';
import type { Log } from '../../../base/log.ts';
import { isUnsure } from '../../../platforms/patiently.ts';
import type { Reservation } from '../../../platforms/slack/api/budget.ts';
import type { SlackApi } from '../../../platforms/slack/api/createSlackApi.ts';
import { isGone, isRevoked, isUnshowable } from '../../../platforms/slack/api/failure.ts';
import type { Workspace } from '../../../platforms/slack/workspace.ts';
import { messageSoFar } from '../render/renderAnswer.ts';
import { WORDS } from '../render/words.ts';
import { createEditDisplay } from './createEditDisplay.ts';
import { createLazyDisplay } from './createLazyDisplay.ts';
import { createPrivateDisplay } from './createPrivateDisplay.ts';
import { posted, type Sender } from './createSender.ts';
import { createStreamDisplay, readingTask } from './createStreamDisplay.ts';
import type { Destination } from './Destination.ts';
import type { Display } from './Display.ts';
import { lookForPosts } from './lookForPosts.ts';
import { metadataOf } from './metadata.ts';

/** Streams are few a minute: the last ones are for those who wait in a DM. */
const STREAMS_LEFT = 2;

export interface DisplayDeps {
  readonly api: SlackApi;
  readonly sender: Sender;
  readonly workspace: Workspace;
  readonly sendToResponseUrl: (url: string, message: Readonly<Record<string, unknown>>) => Promise<void>;
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Whether a post is written down, for whatever question. */
  readonly isKnown: (channel: string, ts: string) => boolean;
  /** Told of each post as soon as it is there. */
  readonly noted: (questionId: string, to: Destination, ts: string) => Promise<void>;
}

/** How an answer is shown until it is finished: as well as the budget of requests allows at this moment. */
export interface ChooseDisplay {
  /** For an answer that has no post yet. Resolves when its sign is there. */
  fresh(questionId: string, to: Destination): Promise<Display>;
  /** For one that has: it goes on there. `strays` are streams that a crash broke off; the first takes the answer. */
  existing(questionId: string, to: Destination, posts: readonly string[], strays?: readonly string[]): Promise<Display>;
}

export function createChooseDisplay(deps: DisplayDeps): ChooseDisplay {
  const { api, sender, signal, log } = deps;
  const { budget } = api;
  let canStream = true;

  const edit = (
    questionId: string,
    to: Destination,
    posts: readonly string[],
    isSign: boolean,
    reserved?: Reservation,
  ) => createEditDisplay({ api, sender, to, questionId, posts, isSign, reserved, signal });

  /** `no-room` in the budget for a stream and its end; `refused`: the place in the budget was not used. */
  async function stream(
    questionId: string,
    to: Destination,
    isEager: boolean,
  ): Promise<Display | 'no-room' | 'refused'> {
    if (!canStream || !to.threadTs) return 'no-room';
    const keep = isEager ? STREAMS_LEFT : 0;
    const reserved = budget.reserve('chat.stopStream', keep);
    if (!reserved) return 'no-room';
    if (!budget.tryTake({ method: 'chat.startStream', priority: 'show', channel: to.channel }, keep)) {
      reserved.release();
      return 'no-room';
    }
    const recipient =
      to.kind === 'channel' ? { recipient_team_id: deps.workspace.teamId, recipient_user_id: to.personId } : {};
    const args = {
      ...{ channel: to.channel, thread_ts: to.threadTs, ...recipient },
      ...(isEager ? { chunks: [readingTask('in_progress')] } : {}),
    };
    try {
      const ts = await begin(questionId, args);
      await deps.noted(questionId, to, ts);
      return createStreamDisplay({ api, sender, to, ts, hasTask: isEager, reserved, signal });
    } catch (error) {
      reserved.release();
      if (isGone(error) || isRevoked(error)) throw error;
      const isForGood = /missing_scope|unknown_method|not_allowed/.test(String(error));
      if (isForGood) canStream = false;
      log.debug({ err: error, questionId }, 'an answer could not be streamed');
      return 'refused';
    }
  }

  async function begin(questionId: string, args: Readonly<Record<string, unknown>>): Promise<string> {
    const options = { answer: posted, priority: 'show', brief: true, taken: true } as const;
    try {
      return (await api.call('chat.startStream', args, options)).ts;
    } catch (error) {
      if (!isUnsure(error)) throw error;
      // It may have begun all the same: an empty post that nobody fills would stay.
      const { strays } = await lookForPosts(api, deps.workspace, questionId);
      const stray = strays.findLast((ts) => !deps.isKnown(String(args.channel), ts));
      if (stray === undefined) throw error;
      return stray;
    }
  }

  /** @param isTaken whether its place among the channel's posts is taken already */
  async function placeholder(questionId: string, to: Destination, isTaken = false): Promise<Display | undefined> {
    const reserved = budget.reserve('chat.update');
    if (!reserved) return undefined;
    if (!isTaken && !budget.tryTake({ method: 'chat.postMessage', priority: 'show', channel: to.channel })) {
      reserved.release();
      return undefined;
    }
    try {
      const mark = { questionId, part: 0, parts: 1 };
      const ts = await sender.post(to, messageSoFar(''), mark, true).catch((error) => {
        if (!isUnshowable(error)) throw error;
        return sender.post(to, WORDS.reading, mark);
      });
      await deps.noted(questionId, to, ts);
      return edit(questionId, to, [ts], true, reserved);
    } catch (error) {
      reserved.release();
      throw error;
    }
  }

  /** A line below the thread that goes away with the answer; nothing hangs on it. */
  async function status(to: Destination): Promise<boolean> {
    if (!to.threadTs) return false;
    const said = { status: WORDS.status, loading_messages: WORDS.loading };
    const args = { channel_id: to.channel, thread_ts: to.threadTs, ...said };
    try {
      await api.call('assistant.threads.setStatus', args, { answer: z.object({}), priority: 'show', brief: true });
      return true;
    } catch (error) {
      if (isRevoked(error)) throw error;
      return false;
    }
  }

  return {
    async fresh(questionId, to) {
      if (to.kind === 'private') return createPrivateDisplay({ ...deps, to });
      if (to.kind === 'channel') {
        const streamed = await stream(questionId, to, true);
        if (typeof streamed === 'object') return streamed;
        const display = await placeholder(questionId, to, streamed === 'refused');
        if (display) return display;
        await status(to);
      } else if (!(await status(to))) {
        const display = await placeholder(questionId, to);
        if (display) return display;
      }
      const quiet = edit(questionId, to, [], true);
      const begin = async () => {
        const streamed = await stream(questionId, to, false);
        return typeof streamed === 'object' ? streamed : undefined;
      };
      return createLazyDisplay({ quiet, begin, timing: api.timing });
    },
    async existing(questionId, to, posts, strays = []) {
      const own = [...posts, ...strays.slice(0, posts.length > 0 ? 0 : 1)];
      // A post that we remember may be a stream as well; Slack refuses to end what is none.
      for (const ts of own.slice(0, 1)) {
        const metadata = metadataOf({ questionId, part: 0, parts: 1 });
        await api
          .call('chat.stopStream', { channel: to.channel, ts, metadata }, { answer: z.object({}), priority: 'answer' })
          .catch(() => {});
      }
      for (const ts of own) await deps.noted(questionId, to, ts);
      return edit(questionId, to, own, false, budget.reserve('chat.update'));
    },
  };
}
