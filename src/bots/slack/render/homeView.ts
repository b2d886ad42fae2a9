import type { Gap } from '../../../feedback/gaps/Gap.ts';
import { shortened } from '../../render/shortened.ts';
import { WORDS } from './words.ts';

const QUESTION_CHARACTERS = 300;
/** Twenty of them fit into a section. */
const TROUBLE_CHARACTERS = 140;

/** The home tab. What people asked, and what sources say of themselves, is plain text: nothing in it is a link or a mention. */
export function homeView(gaps: readonly Gap[], troubles: readonly string[]) {
  const section = (text: string) => ({ type: 'section', text: { type: 'plain_text', text, emoji: false } });
  return {
    type: 'home',
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: WORDS.help } },
      { type: 'divider' },
      { type: 'header', text: { type: 'plain_text', text: WORDS.troublesTitle, emoji: false } },
      section(
        troubles.length === 0
          ? WORDS.allWell
          : troubles.map((one) => `• ${shortened(one, TROUBLE_CHARACTERS)}`).join('\n'),
      ),
      { type: 'header', text: { type: 'plain_text', text: WORDS.gapsTitle, emoji: false } },
      ...(gaps.length === 0 ? [section(WORDS.noGaps)] : gaps.map((gap) => section(gapLine(gap)))),
    ],
  };
}

function gapLine({ question, people, mightKnow }: Gap): string {
  const who = people === 1 ? 'One person' : `${people} people`;
  const names = mightKnow.map(({ name }) => name).join(', ');
  return `${who} asked: “${shortened(question, QUESTION_CHARACTERS)}”${names === '' ? '' : `\nMight know: ${shortened(names, QUESTION_CHARACTERS)}`}`;
}
