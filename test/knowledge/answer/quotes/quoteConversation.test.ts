import { describe, expect, it } from 'vitest';
import { ask, chat, quotesFor } from '../quoting.ts';

const lines = (...all: string[]): string => all.join('\n');

describe('of a conversation in which somebody asks the same', () => {
  it('the replies are quoted, also when they share no word with the question', async () => {
    const text = lines(
      'Mia: the coffee machine on floor 2 shows error E5, how do I clear it?',
      'Noor: hold both buttons for ten seconds, then empty the tray',
      'Noor: and leave the lid open',
      'Mia: thanks!',
    );
    expect(await quotesFor('how do I clear error E5 on the coffee machine?', [chat(1, text)])).toEqual([
      'Noor: hold both buttons for ten seconds, then empty the tray\nNoor: and leave the lid open',
    ]);
  });

  it('several speakers are told apart, with the source below', async () => {
    const text = lines(
      'Mia: how do we hand over a customer that moves to another region?',
      'Noor: First fill in the transfer form and tell the customer that it takes two weeks.',
      'Omar: Then I move the contract, for that I need the number from the form.',
    );
    const { text: answer } = await ask('how is a customer handed over to another region?', [chat(1, text)]);
    expect(answer).toContain(
      '> **Noor:** First fill in the transfer form and tell the customer that it takes two weeks.\n>\n' +
        '> **Omar:** Then I move the contract, for that I need the number from the form.\n>\n> — #ops · Passage 1 [1]',
    );
  });

  it('thanks, small talk and questions back are left out', async () => {
    const text = lines(
      'Mia: how do I get a parking permit for the garage?',
      'Noor: good morning!',
      'Omar: which garage, north or south?',
      'Mia: north',
      'Omar: send your number plate to the porter, he prints the permit the same day',
      'Mia: cool, thanks',
    );
    expect(await quotesFor('how do I get a parking permit?', [chat(1, text)])).toEqual([
      'send your number plate to the porter, he prints the permit the same day',
    ]);
  });

  it('the reply that worked is preferred, and is shown to have worked', async () => {
    const text = lines(
      'Mia: my screen flickers since the update, what can I do?',
      'Noor: change the cable, mine was loose once too',
      'Mia: no difference',
      'Omar: set the refresh rate to 60 Hz in the display settings',
      "Mia: that's it, no more flicker",
    );
    expect(await quotesFor('what can I do when the screen flickers?', [chat(1, text)])).toEqual([
      "Omar: set the refresh rate to 60 Hz in the display settings\nMia: that's it, no more flicker",
    ]);
  });

  it('a trouble that is told without a question mark is no answer either', async () => {
    const text = lines(
      'Mia: the badge reader at the south door beeps twice and stays red for me',
      'Noor: hold the badge flat for three seconds, the reader is slow',
      'Mia: works, thank you',
    );
    const [quote] = await quotesFor('badge reader at the south door beeps twice and stays red', [chat(1, text)]);
    expect(quote).toMatch(/^Noor: hold the badge flat/u);
  });

  it('a yes or no is shown below what was asked', async () => {
    const text = lines('Mia: can I take the bike on the early shuttle?', 'Noor: No, only after nine.');
    const { text: answer } = await ask('may I take my bike on the shuttle?', [chat(1, text)]);
    expect(answer).toContain(
      '> **Mia:** can I take the bike on the early shuttle?\n>\n> **Noor:** No, only after nine.',
    );
  });

  it('a later question of the same person has answers of its own', async () => {
    const text = lines(
      'Mia: how long may I borrow a camera from the studio?',
      'Noor: Three days, a week if nobody else wants it.',
      'Mia: and where do I return the camera?',
      'Noor: The shelf behind the reception, with the charger please.',
    );
    expect(await quotesFor('where do I return a camera?', [chat(1, text)])).toEqual([
      'The shelf behind the reception, with the charger please.',
    ]);
  });

  it('nothing is quoted if nobody answered, and the place is named', async () => {
    const evidence = [
      chat(1, 'Mia: does anybody know how to export the seating plan as PDF?'),
      chat(2, 'Omar: the seating for the summer party is free, come as you like', { score: 0.3 }),
    ];
    const answer = await ask('how do I export the seating plan as PDF?', evidence);
    expect(answer.status).toBe('abstained');
    expect(answer.text).toContain('https://chat.example.com/archives/C1/p1');
  });
});

describe('of a conversation that nobody asked in', () => {
  it('the statement itself is quoted', async () => {
    const text = lines(
      'Mia: The canteen closes for the summer from 1 July to 15 August.',
      'Noor: oh no',
      'Omar: time for sandwiches',
    );
    const [quote] = await quotesFor('when does the canteen close for the summer?', [chat(1, text)]);
    expect(quote).toContain('from 1 July to 15 August');
  });

  it('the last statement on the matter is preferred to the one that it replaces', async () => {
    const text = lines(
      'Mia: The team lunch is on Thursday 4 May at 12:30.',
      'Noor: I will book the long table in the restaurant by the river, they know us well there and have room for all',
      'Omar: the river place has changed its menu, there is more for people who eat no meat now, about time too if you ask me',
      'Mia: The team lunch is on Friday 5 May at 12:00, the restaurant had no table.',
    );
    const [quote] = await quotesFor('when is the team lunch?', [chat(1, text)]);
    expect(quote).toContain('Friday 5 May');
    expect(quote).not.toContain('Thursday 4 May');
  });
});

describe('of a part of a longer conversation', () => {
  it('its repeated beginning tells what it is about, and is not quoted', async () => {
    const text = lines(
      'Mia: the nightly backup of the photo archive fails with a timeout, what can we do?',
      '[…]',
      'Omar: raised the limit to 90 minutes and moved it to 3 am, since then all runs are green',
    );
    expect(await quotesFor('why does the backup of the photo archive fail with a timeout?', [chat(1, text)])).toEqual([
      'raised the limit to 90 minutes and moved it to 3 am, since then all runs are green',
    ]);
  });
});

describe('a long turn', () => {
  it('is quoted in part, with its code block whole', async () => {
    const filler = 'It has been like this since the very first installation and nobody remembers the reason. '.repeat(
      8,
    );
    const text = `Noor: ${filler}\nTo rebuild the search index of the wiki:\n\`\`\`sh\nwiki index drop\nwiki index build\n\`\`\`\n${filler}`;
    const [quote] = await quotesFor('how do I rebuild the search index of the wiki?', [chat(1, text)]);
    expect(quote).toBe('To rebuild the search index of the wiki:\n```sh\nwiki index drop\nwiki index build\n```');
  });
});

describe('in other languages', () => {
  it.each([
    [
      'de',
      'Wie bekomme ich einen Schlüssel für das Lager?',
      ['Mia: Wie kommt man an einen Schlüssel für das Lager?', 'Noor: Beim Hausmeister unterschreiben.', 'Mia: Danke!'],
      'Beim Hausmeister unterschreiben.',
    ],
    [
      'es',
      '¿Cómo consigo una llave del almacén?',
      ['Mia: ¿cómo se consigue una llave del almacén?', 'Noor: Hay que firmar con el conserje.', 'Mia: ¡gracias!'],
      'Hay que firmar con el conserje.',
    ],
    [
      'zh',
      '怎么拿到仓库的钥匙？',
      ['Mia: 请问怎么拿到仓库的钥匙？', 'Noor: 去前台登记签字就可以领。', 'Mia: 谢谢'],
      '去前台登记签字就可以领。',
    ],
  ])('%s', async (language, question, text, expected) => {
    expect(await quotesFor(question, [chat(1, lines(...text))], { language })).toEqual([expected]);
  });
});
