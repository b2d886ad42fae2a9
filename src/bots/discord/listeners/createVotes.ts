import { BackscrollError } from '../../../base/BackscrollError.ts';
import type { Ballot } from '../../../feedback/Feedback.ts';
import { isMissing } from '../../isMissing.ts';
import { readVoteValue } from '../../voteValue.ts';
import { type Interaction, typedIn } from '../intake/schemas.ts';
import type { Room } from '../Room.ts';
import { SHOULD, SHOULD_INPUT, shouldModal, VOTE } from '../render/components.ts';
import { WORDS } from '../words.ts';
import { openModal, tell } from './reply.ts';

/** @param personId Discord's, which is the same in every server */
export function ballot(eventId: string, answerId: string, personId: string): Ballot {
  return { eventId, answerId, personId: `discord:${personId}` };
}

/** Votes by buttons, and what an answer should have said. Each is on disk before it is acknowledged. */
export function createVotes(room: Room) {
  const { feedback } = room;
  const modal = (answerId: string, title: string) => shouldModal(answerId, title, WORDS.should, WORDS.shouldHint);
  const answerOf = ({ data }: Interaction) => /^should:([A-Za-z0-9-]{1,64})$/.exec(data.custom_id ?? '')?.[1];

  return {
    /** A click on one of the two thumbs below an answer. */
    async clicked(interaction: Interaction, personId: string): Promise<void> {
      const choice = readVoteValue(interaction.data.custom_id?.slice(VOTE.length) ?? '');
      if (!choice) return;
      const { answerId, vote } = choice;
      try {
        await feedback.vote(ballot(`discord:vote:${interaction.id}`, answerId, personId), vote);
      } catch (error) {
        if (!isMissing(error)) throw error;
        await tell(room, interaction, WORDS.gone);
        return;
      }
      if (vote === 'up') await tell(room, interaction, WORDS.votedUp);
      else if (!(await openModal(room, interaction, modal(answerId, WORDS.votedDownModal)))) {
        await tell(room, interaction, WORDS.votedDown);
      }
    },

    /** A click on "What should it have said?". */
    async asked(interaction: Interaction): Promise<void> {
      const answerId = answerOf(interaction);
      if (answerId) await openModal(room, interaction, modal(answerId, WORDS.should));
    },

    /** The modal was sent. */
    async submitted(interaction: Interaction, personId: string): Promise<void> {
      const answerId = answerOf(interaction);
      if (!answerId || !interaction.data.custom_id?.startsWith(SHOULD)) return;
      const should = typedIn(interaction, SHOULD_INPUT).trim();
      try {
        if (should) await feedback.correct(ballot(`discord:correction:${interaction.id}`, answerId, personId), should);
      } catch (error) {
        if (!(error instanceof BackscrollError) || !['input', 'not-found'].includes(error.code)) throw error;
        await tell(room, interaction, error.code === 'input' ? error.message : WORDS.gone);
        return;
      }
      await tell(room, interaction, should ? WORDS.corrected : WORDS.reasonKept);
    },
  };
}
