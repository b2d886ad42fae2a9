import { expect, it } from 'vitest';
import type { ImportResult } from '../../../src/cli/operations/import.ts';
import { importInWords } from '../../../src/cli/print/results.ts';

const none = { added: 0, changed: 0, unchanged: 0, removed: 0 };
const result: ImportResult = {
  kind: 'discord',
  sentence: 'x.zip is a Discord export: 2 files of Acme.',
  space: { id: 'discord:1', platform: 'discord', name: 'acme' },
  sources: 2,
  messages: { ...none, added: 1200, changed: 1 },
  pages: none,
  notes: ['One channel can be read by everybody in the space.'],
  skipped: [
    { why: 'said by a bot', count: 40, what: ['a.json', 'b.json'] },
    { why: 'could not be read', count: 1, what: ['x.pdf: x.pdf is encrypted; left out.'] },
    { why: 'hidden, or in node_modules', count: 1, what: [] },
  ],
};

it('an import is told in words: what came in, who may read it, what was left out and why', () => {
  expect(importInWords(result)).toBe(
    [
      'x.zip is a Discord export: 2 files of Acme.',
      'Space acme (discord:1), 2 sources',
      'Messages: 1,200 new, 1 changed, 0 as before',
      '',
      'One channel can be read by everybody in the space.',
      '',
      'Left out',
      '  40 × said by a bot (a.json, b.json …)',
      '  1 × could not be read:',
      '      x.pdf: x.pdf is encrypted; left out.',
      '  1 × hidden, or in node_modules',
    ].join('\n'),
  );
});

it('of an import that brought nothing it is said', () => {
  expect(importInWords({ ...result, messages: none, notes: [] }).split('\n')[2]).toBe('Nothing came in.');
});

it('of an import that left out nothing no more is said than came in', () => {
  const words = importInWords({ ...result, notes: [], skipped: [] });
  expect(words.split('\n')).toHaveLength(3);
});
