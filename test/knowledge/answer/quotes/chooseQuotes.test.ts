import { describe, expect, it } from 'vitest';
import { passage } from '../evidence.ts';
import { ask, chat } from '../quoting.ts';

const numbers = async (...given: Parameters<typeof ask>): Promise<number[]> =>
  (await ask(...given)).citations.map(({ n }) => n);

describe('more than one quote', () => {
  const LOCKER = passage(1, 'Lockers are opened with the code that you get by mail.', { title: '', score: 1 });

  it('only if it has more of the question', async () => {
    const question = 'how are lockers opened and who repairs them?';
    const repairs = passage(2, 'The caretaker repairs lockers on Fridays.', { title: '', score: 0.8 });
    const filler = passage(3, 'We have new lockers!', { title: '', score: 0.8 });
    expect(await numbers(question, [LOCKER, repairs, filler])).toEqual([1, 2]);
  });

  it('or if it is nearly as good as the first', async () => {
    const other = passage(2, 'In the annex, lockers are opened with your badge.', { title: '', score: 0.95 });
    expect(await numbers('how are lockers opened?', [LOCKER, other])).toEqual([1, 2]);
  });

  it('never what was found far behind and adds nothing', async () => {
    const far = passage(2, 'Old lockers were opened by a guard.', { title: '', score: 0.3 });
    expect(await numbers('how are lockers opened?', [LOCKER, far])).toEqual([1]);
  });

  it('or if the first one points to the page', async () => {
    const url = 'https://wiki.example.com/scanner';
    const evidence = [
      chat(1, `Mia: how do I set up the scanner?\nNoor: as on the page, it takes a minute: [Scanner](${url})`, {
        score: 1,
      }),
      passage(2, '## Set up\n\nHold the button until it blinks.', {
        title: 'Scanner',
        url: `${url}#set-up`,
        score: 0.5,
      }),
    ];
    expect(await numbers('how do I set up the scanner?', evidence)).toEqual([1, 2]);
  });

  it('or if it is another part of the same conversation that answers as well', async () => {
    const evidence = [
      chat(1, 'Mia: why did the heating fail?\nNoor: the valve was stuck, the heating got no water', {
        documentId: 7,
        score: 0.9,
      }),
      chat(
        2,
        'Mia: why did the heating fail?\n[…]\nOmar: the heating has a new valve since Friday, that will not happen again',
        { documentId: 7, score: 1 },
      ),
    ];
    expect(await numbers('why did the heating fail?', evidence)).toHaveLength(2);
  });
});

describe('the order of retrieval', () => {
  it('decides between passages with the same words', async () => {
    const evidence = [
      passage(1, 'Visitors sign in at the north desk.', { title: '', score: 1 }),
      passage(2, 'Visitors sign in at the desk upstairs.', { title: '', score: 0.5 }),
    ];
    expect((await numbers('where do visitors sign in?', evidence))[0]).toBe(1);
  });
});

describe('the newer of two about the same thing', () => {
  const OLD = { atMs: Date.UTC(2023, 4, 2), score: 1, title: '' };
  const NEW = { atMs: Date.UTC(2024, 8, 1), score: 0.7, title: '' };

  it('comes first, also if the older was found ahead of it', async () => {
    const evidence = [
      chat(1, 'Mia: what is the gift limit for a birthday?\nNoor: the gift limit is 20 euros for a birthday', OLD),
      chat(2, 'Noor: from today the gift limit for a birthday goes up from 20 to 30 euros', NEW),
    ];
    expect(await numbers('what is the gift limit for a birthday?', evidence)).toEqual([2, 1]);
  });

  it('but not if it only mentions it', async () => {
    const evidence = [
      passage(1, 'The gift limit for a birthday is 20 euros.', OLD),
      passage(2, 'Cake for a birthday goes into the blue fridge.', NEW),
    ];
    expect((await numbers('what is the gift limit for a birthday?', evidence))[0]).toBe(1);
  });
});

describe('the language of the question', () => {
  it('is preferred where two passages answer alike', async () => {
    const evidence = [
      chat(1, 'Mia: The projector Lumen 400 needs the remote from the drawer, press the red button twice.', {
        score: 1,
        title: '',
      }),
      chat(2, 'Noor: Der Projektor Lumen 400 braucht die Fernbedienung aus der Schublade, zweimal auf Rot drücken.', {
        score: 0.95,
        title: '',
      }),
    ];
    const [first] = await numbers('Wie schalte ich den Projektor Lumen 400 ein?', evidence, { language: 'de' });
    expect(first).toBe(2);
  });
});
