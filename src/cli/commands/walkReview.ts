import { intro, isCancel, log, multiline, note, outro, select } from '@clack/prompts';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { ReviewItem, ReviewVerdict } from '../../feedback/review/createReview.ts';
import type { FeedbackReviewResult } from '../operations/feedbackReview.ts';
import { printable } from './Output.ts';

const SHOWN_CHARACTERS = 1500;

type Choice = 'agree' | 'good' | 'bad' | 'edit' | 'discard' | 'skip' | 'stop';

/** One doubtful answer after the other on a terminal; each decision is kept at once, so that one may stop anywhere. */
export async function walkReview(
  { total, items }: FeedbackReviewResult,
  decide: (decided: { answerId: string; verdict: ReviewVerdict }) => Promise<unknown>,
): Promise<void> {
  intro(`${total} answers wait for a decision`);
  let decided = 0;
  for (const [i, item] of items.entries()) {
    show(item, `${i + 1} of ${items.length}`);
    const verdict = await choose(item);
    if (verdict === 'stop') break;
    if (verdict === 'skip') continue;
    try {
      await decide({ answerId: item.answerId, verdict });
      decided++;
    } catch (error) {
      if (!(error instanceof BackscrollError)) throw error;
      log.error(printable(error.message));
    }
  }
  outro(`${decided} decided, ${total - decided} still wait.`);
}

function show(item: ReviewItem, title: string): void {
  const { question, answer, why, up, down, reasons, corrections, passages } = item;
  const said = [`${why}: ${up} up, ${down} down`, ...(reasons.length > 0 ? [`reasons: ${reasons.join(', ')}`] : [])];
  note(
    printable(
      [
        `Question: ${shortened(question)}`,
        '',
        shortened(answer),
        '',
        ...corrections.map((text, i) => `Correction ${i + 1}: ${shortened(text)}`),
        ...(passages.length > 0 ? [`${passages.length} passages`] : []),
        said.join('; '),
      ].join('\n'),
    ),
    title,
  );
}

async function choose(item: ReviewItem): Promise<ReviewVerdict | 'skip' | 'stop'> {
  const { proposal, corrections, answer } = item;
  const correction = corrections.at(-1);
  const agreeing = correction ? 'the last correction is right' : proposal === 'good' ? 'it is good' : 'it is bad';
  const choice = await select<Choice>({
    message: 'What holds?',
    options: [
      ...(proposal ? [{ value: 'agree' as const, label: `Agree: ${agreeing}` }] : []),
      ...(proposal === 'good' ? [] : [{ value: 'good' as const, label: 'The answer is good' }]),
      ...(proposal === 'bad' && !correction ? [] : [{ value: 'bad' as const, label: 'The answer is bad' }]),
      { value: 'edit', label: 'Edit: write what it should have said' },
      { value: 'discard', label: 'Discard: it teaches nothing' },
      { value: 'skip', label: 'Leave it for later' },
      { value: 'stop', label: 'Stop here' },
    ],
  });
  if (isCancel(choice) || choice === 'stop') return 'stop';
  if (choice === 'skip') return 'skip';
  if (choice === 'edit') {
    const text = await multiline({ message: 'What should it have said?', initialValue: correction ?? answer });
    return isCancel(text) || !text?.trim() ? 'skip' : { decision: 'edit', text };
  }
  return { decision: choice === 'agree' ? (proposal ?? 'bad') : choice };
}

function shortened(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)} …` : text;
}
