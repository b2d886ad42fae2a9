import type { ExportReport } from '../../feedback/datasets/createExport.ts';
import { dropsInWords, type Reason } from '../../feedback/datasets/reasons.ts';
import type { StatsReport } from '../../feedback/stats/createStats.ts';
import { plotVotes } from '../../feedback/stats/plotVotes.ts';
import type { FeedbackImportResult } from '../operations/feedbackImport.ts';
import type { FeedbackReviewResult } from '../operations/feedbackReview.ts';
import type { ForgetResult } from '../operations/forget.ts';
import { counted, table } from './table.ts';

export function exportInWords({ folder, replaced, unchanged, manifest }: ExportReport): string {
  const { rows, tokens, groups, classes, warnings, leftOut } = manifest;
  const line = (name: 'train' | 'validation' | 'test') => [`${name}.jsonl`, rows[name], tokens[name], groups[name]];
  return [
    `Dataset ${manifest.id} (${manifest.format}) is in ${folder}${unchanged ? ', as it was before' : replaced ? `, in place of ${replaced}` : ''}.`,
    '',
    table([['file', 'rows', 'tokens', 'groups'], line('train'), line('validation'), line('test')]),
    ...(classes
      ? [
          '',
          `${counted(classes.desirable)} desirable, ${counted(classes.undesirable)} undesirable: desirable_weight ${classes.desirable_weight}, undesirable_weight ${classes.undesirable_weight}`,
        ]
      : []),
    ...leftOutInWords(leftOut as Partial<Record<Reason, number>>),
    ...warnings.map((warning) => `! ${warning}`),
  ].join('\n');
}

export function feedbackImportInWords({
  lines,
  events,
  answers,
  known,
  skipped,
  space,
  trainable,
}: FeedbackImportResult): string {
  return [
    `${counted(lines)} lines: ${counted(events)} votes and corrections on ${counted(answers)} new answers, ${counted(known)} known already.`,
    `Space ${space.name} (${space.id})${trainable ? '; they may be trained on.' : '. To train on them, import with --allow-training, or name the space under feedback.training.spaces.'}`,
    ...(skipped.length > 0
      ? ['Left out:', ...skipped.map(({ why, line, count }) => `  ${counted(count)} × ${why} (first in line ${line})`)]
      : []),
  ].join('\n');
}

export function reviewInWords({ total, items }: FeedbackReviewResult): string {
  if (total === 0) return 'Nothing waits for a decision. (Only answers that may be trained on are shown.)';
  return [
    `${counted(total)} answers wait for a decision. Decide them on a terminal, or in the web chat: npx backscroll open --review`,
    '',
    table([
      ['asked', 'up', 'down', 'why', 'question'],
      ...items.map(({ askedAt, up, down, why, question }) => [
        askedAt.slice(0, 10),
        up,
        down,
        why,
        shortened(question),
      ]),
    ]),
  ].join('\n');
}

export function statsInWords({ total, byDay, bySource, byChannel, agreement, toReview, formats }: StatsReport): string {
  const share =
    agreement.several === 0
      ? ''
      : `, ${Math.round((agreement.unanimous / agreement.several) * 100)} % of them unanimously`;
  const counts = ({ up, down, corrections }: { up: number; down: number; corrections: number }) => [
    up,
    down,
    corrections,
  ];
  if (byDay.length === 0) return 'Nobody voted on anything yet.';
  return [
    `${counted(total.up)} up, ${counted(total.down)} down, ${counted(total.corrections)} corrections.`,
    `${counted(agreement.answers)} answers have votes; several people voted on ${counted(agreement.several)}${share}. ${counted(toReview)} wait for review.`,
    '',
    'Votes over time (█ up, ░ down)',
    plotVotes(byDay),
    '',
    table([
      ['source', 'space', 'up', 'down', 'corrections'],
      ...bySource.map((row) => [row.platform, row.space ?? '', ...counts(row)]),
    ]),
    '',
    table([
      ['channel', 'space', 'up', 'down', 'corrections'],
      ...byChannel.map((row) => [row.channel, row.space ?? '', ...counts(row)]),
    ]),
    '',
    table([
      ['dataset', 'rows now', 'next', 'missing', ''],
      ...formats.map(({ shape, rows, next }) => [
        shape,
        rows,
        next?.rows ?? '',
        next?.missing ?? '',
        next ? `then ${next.meaning}` : 'enough to train on',
      ]),
    ]),
    ...formats.flatMap(({ shape, leftOut }) =>
      leftOut.length > 0 ? ['', `Not in ${shape}:`, ...leftOut.map((line) => `  ${line}`)] : [],
    ),
  ].join('\n');
}

export function forgetInWords({
  person,
  unknown,
  datasets,
  leftovers,
  unsettled,
  models,
  ...gone
}: ForgetResult): string {
  const { messages, questions, votes, texts, answersErased } = gone;
  return [
    unknown
      ? `Nobody is known as "${person.id}" any more. What was still to be done for whoever was forgotten before:`
      : `Forgot ${person.space ? `${person.space}:` : ''}${person.id}: ${counted(messages)} messages, ${counted(questions)} questions (${counted(answersErased)} answers lost their words), ${counted(votes)} votes and corrections (${counted(texts)} with words). How many votes there were stays counted.`,
    ...datasets.map(({ sentence, owed }) => (owed ? `! ${sentence}` : sentence)),
    ...leftovers.map(({ sentence }) => `! ${sentence}`),
    ...(unsettled === undefined ? [] : [`! ${unsettled}`]),
    ...(unknown && datasets.length === 0 && !unsettled ? ['Bytes of what was erased left the disk.'] : []),
    ...(models.length > 0
      ? [
          `These models were trained on what is gone, and still know it: ${models.join(', ')}. Train them again, or stop using them.`,
        ]
      : unknown
        ? []
        : ['No model is known to have been trained on it.']),
  ].join('\n');
}

function leftOutInWords(leftOut: Partial<Record<Reason, number>>): string[] {
  const lines = dropsInWords(leftOut);
  return lines.length === 0 ? [] : ['', 'Left out:', ...lines.map((line) => `  ${line}`)];
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 70 ? `${line.slice(0, 69)}…` : line;
}
