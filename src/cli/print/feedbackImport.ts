import type { FeedbackImportResult } from '../operations/feedbackImport.ts';
import { counted } from './table.ts';

export function feedbackImportInWords(result: FeedbackImportResult): string {
  const { lines, events, answers, known, skipped, space } = result;
  return [
    `${counted(lines)} lines: ${counted(events)} votes and corrections on ${counted(answers)} new answers, ${counted(known)} known already.`,
    `Space ${space.name} (${space.id})${trainingInWords(result)}`,
    ...(skipped.length > 0
      ? ['Left out:', ...skipped.map(({ why, line, count }) => `  ${counted(count)} × ${why} (first in line ${line})`)]
      : []),
  ].join('\n');
}

/** Whether these may be trained on, and who said so: leave that was given once holds until it is withdrawn. */
function trainingInWords({ training, spaceAllowed, votes, mayTrain }: FeedbackImportResult): string {
  const bySpace = 'the space is named under feedback.training.spaces in the config';
  if (training === 'allowed') return '; they may be trained on.';
  if (training === 'withdrawn') {
    return spaceAllowed
      ? `; the leave of this and earlier imports is withdrawn, and they may be trained on all the same, since ${bySpace}.`
      : '; they may not be trained on any more. Datasets that were made before still have them: export these again.';
  }
  if (spaceAllowed) return `; they may be trained on, since ${bySpace}.`;
  if (mayTrain === 0)
    return '. To train on them, import with --allow-training, or name the space under feedback.training.spaces.';
  const which = mayTrain === votes ? 'they' : `${counted(mayTrain)} of the ${counted(votes)}`;
  return `; ${which} may be trained on, since an earlier import said so. To take that back, import with --withdraw-training.`;
}
