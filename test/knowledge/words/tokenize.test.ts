import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FTS_TOKENIZER, tokens } from '../../../src/knowledge/words/tokenize.ts';

describe('words', () => {
  test.each([
    ['en', 'Deploying the servers', 'deploy the server'],
    ['de', 'Die Häuser der Straße', 'die haus der strass'],
    ['fr', "L'homme déploie", 'homm deploi'],
    ['es', 'Las conexiones', 'las conexion'],
    ['tr', "İSTANBUL'DA ışık", 'istanbul da isik'],
    ['ru', 'Серверами управляет pipelines', 'сервер управля pipelin'],
    ['uk', "комп'ютерами", 'компют'],
    ['ar', 'والكتاب المَدْرَسة', 'كتاب مدرس'],
    ['el', 'τους διακομιστές', 'τουσ διακομιστ'],
    ['hi', 'सर्वरों १२', 'सर्वर 12'],
    ['und', 'Ｆｕｌｌ ｗｉｄｔｈ', 'full width'],
  ])('are folded and stemmed as %s inflects them', (language, text, expected) => {
    expect(tokens(text, language).join(' ')).toBe(expected);
  });

  test('Chinese and Japanese are indexed as ideographs and pairs', () => {
    expect(tokens('部署集群', 'zh')).toEqual(['部', '部署', '署', '署集', '集', '集群', '群']);
    expect(tokens('再起動する', 'ja')).toEqual(['再', '再起', '起', '起動', '動', '動す', 'する']);
  });

  test('Thai is cut by a dictionary, Korean words also stand in pairs', () => {
    expect(tokens('ฉันต้องการ', 'th')).toEqual(['ฉัน', 'ต้องการ']);
    expect(tokens('서버를', 'ko')).toEqual(['서버를', '서버', '버를']);
  });

  test('Vietnamese is kept with its marks and, at the end, without', () => {
    expect(tokens('máy chủ web', 'vi')).toEqual(['máy', 'chủ', 'web', 'may', 'chu']);
  });
});

describe('identifiers', () => {
  test.each([
    ['E_SEAT_409', ['e_seat_409', 'seat', '409']],
    ['seat-inventory', ['seat-inventory', 'seat', 'inventori']],
    ['getUserById()', ['getuserbyid', 'get', 'user', 'by', 'id']],
    ['GitHub', ['github', 'git', 'hub']],
    ['HTTPServer', ['httpserver', 'http', 'server']],
    ['v2.3.1', ['2.3.1', 'v2', '2', '3', '1']],
    ['foo/bar.ts', ['foo/bar.ts', 'bar.ts', 'foo', 'bar', 'ts']],
    ['#1234', ['#1234', '1234']],
    ['1,000,000', ['1000000']],
    ['C++ or C#', ['c++', 'or', 'c#']],
    ['a U.S. law', ['a', 'u.s', 'us', 'law']],
    ['<@U024BE7LH> in <#C12|ops>', ['@u024be7lh', 'in', '#c12']],
    ['https://www.github.com/discordjs/guide?x=1', ['github.com', 'github', 'com', 'discordj', 'guid', 'x', '1']],
    ['ship it 🚀👍🏽', ['ship', 'it', '🚀', '👍']],
  ])('%s stands whole and in parts', (text, expected) => {
    expect(tokens(text, 'en')).toEqual(expected);
  });

  test('a version with and without v is the same', () => {
    expect(tokens('v2.3.1', 'en')[0]).toBe(tokens('2.3.1', 'en')[0]);
  });
});

describe('in FTS5', () => {
  test('every token is found again, in the rows that have it and in no other', () => {
    const database = new DatabaseSync(':memory:');
    database.exec(`CREATE VIRTUAL TABLE t USING fts5(body, ${FTS_TOKENIZER})`);
    const insert = database.prepare('INSERT INTO t(rowid, body) VALUES (?, ?)');
    const find = database.prepare('SELECT rowid AS id FROM t WHERE t MATCH ? ORDER BY rowid');
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.stringMatching(/^[A-Za-z0-9_.:#@/<>+' -]{0,40}$/),
    );
    const language = fc.constantFrom('en', 'de', 'tr', 'vi', 'ja', 'th', 'ar', 'und');
    fc.assert(
      fc.property(fc.array(fc.tuple(text, language), { minLength: 1, maxLength: 6 }), (rows) => {
        database.exec('DELETE FROM t');
        const indexed = rows.map(([body, spoken]) => tokens(body, spoken));
        indexed.forEach((row, i) => {
          insert.run(i, row.join(' '));
        });
        for (const token of new Set(indexed.flat())) {
          const expected = indexed.flatMap((row, i) => (row.includes(token) ? [i] : []));
          expect(find.all(`"${token}"`).map((row) => row.id)).toEqual(expected);
        }
      }),
      { numRuns: 300 },
    );
    database.close();
  });

  test('a megabyte of anything without a space becomes tokens of bounded length', () => {
    for (const piece of ['a', '_', 'aB', 'x.', "o'", '1,', '/_', 'https://', '<@']) {
      const found = tokens(piece.repeat(1_000_000 / piece.length), 'en');
      expect(Math.max(0, ...found.slice(0, 1000).map((token) => token.length))).toBeLessThanOrEqual(400);
    }
  });
});
