import { dropsInWords, type Reason } from '../reasons.ts';
import type { Manifest } from './Manifest.ts';

const SHAPES: Record<Manifest['format'], string> = {
  kto: 'TRL, unpaired preferences: `{prompt: [messages], completion: [message], label}`',
  dpo: 'TRL, preference pairs: `{prompt: [messages], chosen: [message], rejected: [message]}`',
  sft: 'TRL, conversations to imitate: `{messages}`',
  'openai-dpo':
    'OpenAI, preference pairs: `{input: {messages}, preferred_output: [message], non_preferred_output: [message]}`',
  'openai-sft': 'OpenAI, conversations to imitate: `{messages}`, ending on the assistant',
};

/** The dataset card: what it is, what it was made of, what is not in it and what to watch. */
export function writeCard(manifest: Omit<Manifest, 'files'>): string {
  const { rows, tokens, groups, classes, lengths, filters } = manifest;
  const row = (name: 'train' | 'validation' | 'test') =>
    `| \`${name}.jsonl\` | ${rows[name]} | ${tokens[name]} | ${groups[name]} |`;
  const leftOut = dropsInWords(manifest.leftOut as Partial<Record<Reason, number>>);
  return `${[
    `# Backscroll dataset ${manifest.id}`,
    '',
    'Made by Backscroll from what people thought of answers: votes and corrections. One JSON object a line.',
    '',
    `- Format: \`${manifest.format}\` (${SHAPES[manifest.format]})`,
    `- Rows come from: ${pairs(manifest.kinds)}`,
    ...(manifest.parent ? [`- Takes the place of dataset ${manifest.parent}`] : []),
    `- Prompt: as Backscroll asks its model, version \`${manifest.prompt}\``,
    '',
    '## Files',
    '',
    '| file | rows | tokens | groups |',
    '| --- | --: | --: | --: |',
    row('train'),
    row('validation'),
    row('test'),
    '',
    'Rows on one question, with nearly one answer (of more than a few words) or on the same passages are a group, and a group stands in one file: the newest in test, the next in validation. `manifest.json` has the SHA-256 of each file.',
    '',
    ...(classes
      ? [
          '## Classes',
          '',
          `${classes.desirable} desirable, ${classes.undesirable} undesirable. Train with \`desirable_weight: ${classes.desirable_weight}\` and \`undesirable_weight: ${classes.undesirable_weight}\`, so that they weigh between 1:1 and 4:3.`,
          '',
        ]
      : []),
    ...(lengths
      ? [
          '## Lengths',
          '',
          `What is preferred has ${lengths.chosenTokens} tokens on average, what is not ${lengths.rejectedTokens}; it is the longer one in ${Math.round(lengths.longerChosen * 100)} % of pairs.`,
          '',
        ]
      : []),
    '## What was chosen',
    '',
    `Of ${manifest.answers} answers that people said something about. A judgement counts when the probability that most people share it is above ${filters.goodAbove} or below ${filters.badBelow} (distinct voters, Beta(1,1)); corrections come first; wrong sources teach nothing. Near-duplicates (Jaccard ≥ ${filters.nearDuplicate} of five words in a row) stand once; at most ${filters.rowsPerQuestion} rows a question and ${filters.rowsPerPerson} by one person.`,
    '',
    ...(leftOut.length > 0
      ? ['Left out:', '', ...leftOut.map((line) => `- ${line}`), '']
      : ['Nothing was left out.', '']),
    '## People',
    '',
    `Spaces allowed by the operator: ${filters.spaces.length > 0 ? filters.spaces.map((space) => `\`${space}\``).join(', ') : 'none (imported votes with leave to train)'}. Private channels, direct messages, Discord messages and people who opted out are not in it. Rows with secrets were left out; replaced: ${pairs(manifest.redacted) || 'nothing'}. \`backscroll forget\` builds it again without a person; do not keep copies.`,
    ...(manifest.warnings.length > 0
      ? ['', '## Watch', '', ...manifest.warnings.map((warning) => `- ${warning}`)]
      : []),
  ].join('\n')}\n`;
}

function pairs(counted: Readonly<Record<string, number>>): string {
  return Object.entries(counted)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}
