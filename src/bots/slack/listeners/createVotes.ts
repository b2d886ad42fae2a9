import { z } from 'zod';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import { isMissing } from '../../isMissing.ts';
import { readVoteValue } from '../../voteValue.ts';
import { interactionId } from '../intake/createIntake.ts';
import type { Room } from '../Room.ts';
import {
  type About,
  readAbout,
  readReasons,
  reasonModal,
  SHOULD_BLOCK,
  tellMoreBlocks,
} from '../render/reasonModal.ts';
import { WORDS } from '../render/words.ts';
import { tellPerson, type Whereabouts } from './tellPerson.ts';

const clickSchema = z.object({
  user: z.object({ id: z.string() }),
  trigger_id: z.string().catch(''),
  response_url: z.string().optional().catch(undefined),
  channel: z.object({ id: z.string() }).optional().catch(undefined),
  container: z.object({ message_ts: z.string().optional(), thread_ts: z.string().optional() }).catch({}),
  message: z.object({ thread_ts: z.string().optional() }).optional().catch(undefined),
  actions: z.array(z.object({ action_ts: z.string().catch(''), value: z.string().catch('') })).min(1),
});

/** What an acknowledgement may carry back to a modal. */
export type Ack = (response?: { response_action: 'errors'; errors: Record<string, string> }) => Promise<void>;

/** Votes by buttons, and what people say of a bad answer. Each is on disk before it is acknowledged. */
export function createVotes(room: Room) {
  const { feedback, workspace, api, log } = room;

  function ballot(eventId: string, answerId: string, personId: string) {
    return { eventId, answerId, personId: `slack:${workspace.teamId}:${personId}` };
  }

  /** @returns whether the modal is open: its trigger is good for three seconds */
  async function askWhy(triggerId: string, about: About): Promise<boolean> {
    try {
      const args = { trigger_id: triggerId, view: reasonModal(about) };
      await api.call('views.open', args, { answer: z.object({}), priority: 'answer', brief: true });
      return true;
    } catch (error) {
      log.debug({ err: error }, 'the question why could not be asked');
      return false;
    }
  }

  function read(body: unknown) {
    const { user, channel, container, message, response_url, trigger_id, actions } = clickSchema.parse(body);
    const threadTs = message?.thread_ts ?? container.thread_ts;
    const where: Whereabouts = { personId: user.id, channel: channel?.id, threadTs, responseUrl: response_url };
    const [action] = actions;
    return { where, triggerId: trigger_id, value: action?.value ?? '', name: [action?.action_ts ?? '', user.id] };
  }

  const aboutAnswer = (answerId: string, { channel, threadTs }: Whereabouts): About => ({
    answerId,
    ...(channel ? { channel } : {}),
    ...(threadTs ? { threadTs } : {}),
  });

  return {
    ballot,

    /** A click on one of the two buttons below an answer. */
    async clicked(body: unknown, ack: Ack): Promise<void> {
      const { where, triggerId, value, name } = read(body);
      const choice = readVoteValue(value);
      if (!choice) return ack();
      const { answerId, vote } = choice;
      try {
        await feedback.vote(ballot(interactionId('vote', ...name, value), answerId, where.personId), vote);
      } catch (error) {
        if (!isMissing(error)) throw error;
        await ack();
        return tellPerson(room, where, WORDS.gone);
      }
      await ack();
      if (vote === 'up') return tellPerson(room, where, WORDS.votedUp);
      const about = aboutAnswer(answerId, where);
      if (await askWhy(triggerId, about)) return tellPerson(room, where, WORDS.votedDown);
      await tellPerson(room, where, WORDS.votedDownAsk, tellMoreBlocks(WORDS.votedDownAsk, about));
    },

    /** A click on "Say what was wrong". */
    async tellMore(body: unknown, ack: Ack): Promise<void> {
      await ack();
      const { where, triggerId, value } = read(body);
      const about = readAbout(value);
      if (about && !(await askWhy(triggerId, about))) await tellPerson(room, where, WORDS.troubled);
    },

    /** The modal was sent. */
    async submitted(body: unknown, ack: Ack): Promise<void> {
      const sent = readReasons(body);
      if (!sent) return ack();
      const { about, personId, viewId, reason, should } = sent;
      const own = (kind: string) => ballot(interactionId(kind, viewId, personId), about.answerId, personId);
      try {
        if (reason) await feedback.vote(own('reason'), 'down', reason);
        if (should) await feedback.correct(own('correction'), should);
      } catch (error) {
        if (!(error instanceof BackscrollError) || !['input', 'not-found'].includes(error.code)) throw error;
        const sentence = error.code === 'input' ? error.message : WORDS.gone;
        return ack({ response_action: 'errors', errors: { [SHOULD_BLOCK]: sentence } });
      }
      await ack();
      const where = { personId, channel: about.channel, threadTs: about.threadTs };
      await tellPerson(room, where, should ? WORDS.corrected : WORDS.reasonKept);
    },
  };
}

export type Votes = ReturnType<typeof createVotes>;
