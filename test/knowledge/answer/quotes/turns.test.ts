import { expect, it } from 'vitest';
import { turnsOf } from '../../../../src/knowledge/answer/quotes/turns.ts';

const whoSays = (text: string) => turnsOf(text).map(({ who, text: said }) => [who, said]);

it('each line that begins with a name is a turn, what follows belongs to it', () => {
  expect(whoSays('Anna Bell: first\nsecond\nBen: third')).toEqual([
    ['Anna Bell', 'Anna Bell: first\nsecond\n'],
    ['Ben', 'Ben: third'],
  ]);
});

it('neither list items nor code are speakers', () => {
  const text = 'Anna: see\n• opening hours: nine to five\n1. first: go in\n```\nkey: value\n```\n';
  expect(whoSays(text)).toEqual([['Anna', text]]);
});

it('the repeated beginning of a conversation is known by the gap below it', () => {
  const turns = turnsOf('Anna: how?\n[…]\nBen: like this');
  expect(turns.map(({ isContext }) => isContext)).toEqual([true, true, false]);
});

it('all turns together are the text', () => {
  const text = 'Anna: a\n\nb\n[…]\nBen: c\n';
  expect(
    turnsOf(text)
      .map((turn) => turn.text)
      .join(''),
  ).toBe(text);
});
