import { describe, expect, test } from 'vitest';
import { scoreBeginning, scoreLink } from '../../../src/knowledge/segment/clues.ts';
import { conversationRoots } from '../../../src/knowledge/segment/conversationRoots.ts';
import { createReplyLinker } from '../../../src/knowledge/segment/createReplyLinker.ts';
import { setScene } from '../../../src/knowledge/segment/scene.ts';
import { readUtterance } from '../../../src/knowledge/segment/utterance.ts';
import { BEGINNING_WEIGHTS, BEGINNINGS, CLUE_WEIGHTS, CLUES } from '../../../src/knowledge/segment/weights.ts';
import { message, places } from './message.ts';

const linker = createReplyLinker();
const grouped = (...messages: ReturnType<typeof message>[]): number[] =>
  places(messages, conversationRoots(messages, linker));

describe('who speaks to whom', () => {
  test('keeps apart two conversations whose people call each other by handle', () => {
    const found = grouped(
      message(0, 'anna', 'how do I mount a usb stick that is formatted with ntfs?'),
      message(1, 'bob', 'my wireless card is not found any more since the upgrade, what can I do?'),
      message(2, 'carl', 'anna: install ntfs-3g and mount it with that'),
      message(2.5, 'dora', 'bob, which card is it?'),
      message(3, 'bob', 'dora: an intel 3945'),
      message(3.5, 'Anna', 'carl: great, that works'),
      message(4, 'dora', 'bob: then load the module iwl3945'),
    );
    expect(found).toEqual([0, 1, 0, 1, 1, 0, 1]);
  });

  test('follows <@ID> mentions, at the beginning or in the middle', () => {
    const found = grouped(
      message(0, 'U1', 'Can somebody explain how our staging certificates are renewed?'),
      message(3, 'U2', 'Lunch at noon in the new place downstairs, who is coming along today?'),
      message(9, 'U3', '<@U1> a cron job does it, see the wiki'),
      message(10, 'U4', 'Count me in <@U2>'),
      message(11, 'U1', 'Thanks <@U3>!'),
    );
    expect(found).toEqual([0, 1, 0, 1, 0]);
  });

  test('lets the called one go on with the caller', () => {
    const found = grouped(
      message(0, 'anna', 'anyone knows a good editor for latex documents?'),
      message(1, 'bob', 'hello everybody, how can I see which process listens on port 8080?'),
      message(2, 'carl', 'bob: sudo ss -ltnp'),
      message(2.5, 'bob', 'ok, it shows nothing at all'),
    );
    expect(found).toEqual([0, 1, 1, 1]);
  });

  test('ties the answer of a bot to the command', () => {
    const found = grouped(
      message(0, 'anna', 'is there a way to get flash videos to play in firefox?'),
      message(5, 'bob', 'which kernel comes with the new release, does anybody know?'),
      message(6, 'carl', '!flash | anna'),
      message(6, 'helper', 'anna: the plugin is in the package flashplugin-installer'),
    );
    expect(found).toEqual([0, 1, 0, 0]);
  });
});

describe('when', () => {
  test('takes a quiet talk without names for one conversation', () => {
    const found = grouped(
      message(0, 'U1', 'Any volunteers to pick up the sandwiches tonight?'),
      message(0.5, 'U2', "I'm at the office already. Is the shop nearby?"),
      message(1, 'U1', 'yes, ten minutes or so'),
      message(2, 'U2', "I'll go and get them then"),
      message(2.2, 'U1', 'great, thank you!'),
    );
    expect(found).toEqual([0, 0, 0, 0, 0]);
  });

  test('begins anew after a long silence', () => {
    const found = grouped(
      message(0, 'U1', 'The slides of yesterday are on the drive now'),
      message(2, 'U2', 'thanks!'),
      message(900, 'U3', 'Does anybody have an example of a timeline chart that I could borrow?'),
    );
    expect(found).toEqual([0, 0, 2]);
  });

  test('looks at nothing when there is nothing before', () => {
    expect(linker.antecedent(message(0, 'U1', 'yes'), [])).toBeUndefined();
  });
});

describe('about what', () => {
  test('joins a newcomer who takes up a rare word to those who talk about it', () => {
    const found = grouped(
      message(0, 'anna', 'bob: does grub-install complain about the /dev/sda2 partition?'),
      message(0.5, 'carl', 'dora: the printer is out of paper'),
      message(1, 'eve', 'grub-install needs /dev/sda there, not the partition /dev/sda2'),
    );
    expect(found[2]).toBe(0);
  });

  test('keeps a greeting of a newcomer for itself', () => {
    const found = grouped(
      message(0, 'anna', 'bob: does grub-install complain about the partition?'),
      message(0.5, 'bob', 'anna: it does'),
      message(1, 'eve', 'hello everyone'),
    );
    expect(found[2]).toBe(2);
  });
});

describe('whatever people write', () => {
  test.each([
    ['nothing', ''],
    ['only signs', '🙂🙂 !!! ???'],
    ['broken surrogates', '\ud800 \udc00 <@'],
    ['half mentions', '<@<@<@'.repeat(20_000)],
    ['one long word', 'a.'.repeat(500_000)],
    ['names of objects', '__proto__: constructor toString hasOwnProperty'],
  ])('takes %s', (_, text) => {
    const before = [message(0, '__proto__', 'hello there'), message(1, 'constructor', text)];
    expect(() => linker.antecedent(message(2, 'U1', text), before)).not.toThrow();
  });
});

test('every weight is used once for a score, in the order of its table', () => {
  const scene = setScene([message(0, 'a', 'one'), message(1, 'b', 'two')], readUtterance);
  const used: string[] = [];
  const watched = <W extends object>(weights: W): W =>
    new Proxy(weights, {
      get(all, name) {
        used.push(String(name));
        return Reflect.get(all, name);
      },
    });
  scoreLink(scene, 0, 0, watched(CLUE_WEIGHTS.known));
  scoreBeginning(scene, watched(BEGINNING_WEIGHTS.known));
  expect(used).toEqual([...Object.keys(CLUES), ...Object.keys(BEGINNINGS)]);
});

test('a fresh linker and one that has seen other windows say the same', () => {
  const before = [message(0, 'anna', 'how do I mount this?'), message(1, 'bob', 'anna: with mount')];
  const next = message(2, 'anna', 'thanks');
  const used = createReplyLinker();
  used.antecedent(before[1] as (typeof before)[0], before.slice(0, 1));
  expect(used.antecedent(next, before)).toBe(createReplyLinker().antecedent(next, before));
});
