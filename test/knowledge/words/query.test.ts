import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ftsMatch } from '../../../src/knowledge/words/ftsMatch.ts';
import { type QueryTerm, queryTerms } from '../../../src/knowledge/words/query.ts';
import { selectTerms } from '../../../src/knowledge/words/selectTerms.ts';
import { FTS_TOKENIZER, tokens } from '../../../src/knowledge/words/tokenize.ts';

const english = { language: 'en', passageLanguages: ['en'] };
const firsts = (terms: readonly QueryTerm[]): (string | undefined)[] => terms.map((term) => term.alternatives[0]);

describe('queryTerms', () => {
  test('leaves out function words and question words', () => {
    expect(firsts(queryTerms('How do I restart the servers?', english))).toEqual(['restart', 'server']);
  });

  test('keeps them when nothing else is left', () => {
    expect(firsts(queryTerms('How to do this?', english))).toEqual(['how', 'to', 'do', 'this']);
    expect(firsts(queryTerms('什么', { language: 'zh', passageLanguages: ['zh'] }))).toEqual(['什', '什么', '么']);
  });

  test('keeps what is written in capitals, unless the whole question is', () => {
    expect(firsts(queryTerms('Who is IT support in the US?', english))).toEqual(['it', 'support', 'us']);
    expect(firsts(queryTerms('WHERE IS IT', english))).toEqual(['where', 'is', 'it']);
    expect(firsts(queryTerms('WHERE IS THE KEY', english))).toEqual(['key']);
  });

  test('looks for a word under the stem of each language of the space', () => {
    const [term] = queryTerms('deployments', { language: 'en', passageLanguages: ['en', 'de'] });
    expect(term?.alternatives).toEqual(['deploy', 'deployment']);
  });

  test('looks for identifiers whole and in parts, for people by their id', () => {
    expect(firsts(queryTerms('E_SEAT_409', english))).toEqual(['e_seat_409', 'seat', '409']);
    expect(firsts(queryTerms('what did <@U7> say', english))).toEqual(['@u7', 'say']);
  });

  test('looks for a name with a hump also as two neighbours, not as any of the two', () => {
    expect(queryTerms('GitHub', english).map((term) => term.alternatives)).toEqual([['github', 'git hub']]);
  });

  test('a pasted log has an end', () => {
    const log = Array.from({ length: 20_000 }, (_, i) => `word${i}`).join(' ');
    expect(queryTerms(log, english).length).toBeLessThanOrEqual(256);
  });
});

describe('ftsMatch', () => {
  test('quotes, joins by OR, and repeats what weighs more', () => {
    const terms = [
      { alternatives: ['deploy', 'deployment'], weight: 1 },
      { alternatives: ['git hub'], weight: 0.5 },
    ];
    expect(ftsMatch(terms)).toBe('"deploy" OR "deploy" OR "deployment" OR "deployment" OR "git hub"');
    expect(ftsMatch([])).toBe('');
  });

  test('a token that is asked and carried weighs as asked', () => {
    const carried = [
      { alternatives: ['linux'], weight: 1 },
      { alternatives: ['vpn'], weight: 0.5 },
      { alternatives: ['linux'], weight: 0.5 },
    ];
    expect(ftsMatch(carried)).toBe('"linux" OR "linux" OR "vpn"');
    expect(selectTerms(carried, () => 1, 10)).toEqual(carried.slice(0, 2));
  });

  test('no question is a syntax error, and what was indexed is found by itself', () => {
    const database = new DatabaseSync(':memory:');
    database.exec(`CREATE VIRTUAL TABLE t USING fts5(title, body, ${FTS_TOKENIZER})`);
    const insert = database.prepare('INSERT INTO t(rowid, title, body) VALUES (1, ?, ?)');
    const find = database.prepare('SELECT rowid AS id FROM t WHERE t MATCH ?');
    const question = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc
        .array(fc.constantFrom('"', '*', '(', ')', 'NEAR', 'AND', 'NOT', 'title:', '-', '^', '+', '\0', "'", 'x'), {
          maxLength: 12,
        })
        .map((parts) => parts.join(' ')),
    );
    fc.assert(
      fc.property(question, fc.constantFrom('en', 'vi', 'zh', 'und'), (text, language) => {
        database.exec('DELETE FROM t');
        insert.run('', tokens(text, language).join(' '));
        const match = ftsMatch(queryTerms(text, { language, passageLanguages: [language] }));
        expect(match === '' ? [] : find.all(match)).toHaveLength(match === '' ? 0 : 1);
      }),
      { numRuns: 300 },
    );
    database.close();
  });

  test('tokens that did not come from us are harmless too', () => {
    const database = new DatabaseSync(':memory:');
    database.exec(`CREATE VIRTUAL TABLE t USING fts5(body, ${FTS_TOKENIZER})`);
    const find = database.prepare('SELECT rowid FROM t WHERE t MATCH ?');
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary' })),
        fc.oneof(fc.double(), fc.constantFrom(0, Number.NaN, Number.POSITIVE_INFINITY)),
        (alternatives, weight) => {
          const match = ftsMatch([{ alternatives, weight }]);
          expect(match === '' ? [] : find.all(match)).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
    database.close();
  });
});

describe('selectTerms', () => {
  const term = (...alternatives: string[]): QueryTerm => ({ alternatives, weight: 1 });
  const frequencies: Record<string, number> = {
    seat: 3,
    server: 15_000,
    update: 30_000,
    everywhere: 150_000,
    git: 9,
    hub: 4,
  };
  const df = (token: string): number => frequencies[token] ?? 0;

  test('leaves out what stands nowhere, what is everywhere, and what is dear when rarer terms are left', () => {
    const terms = [term('update'), term('server'), term('missing'), term('seat'), term('everywhere')];
    expect(selectTerms(terms, df, 200_000)).toEqual([term('server'), term('seat')]);
  });

  test('a question of frequent words only keeps its rarest two', () => {
    expect(selectTerms([term('update'), term('server')], df, 200_000)).toEqual([term('update'), term('server')]);
    expect(selectTerms([term('everywhere')], df, 200_000)).toEqual([term('everywhere')]);
  });

  test('a phrase is as rare as its rarest token, and alternatives add up', () => {
    const limits = { maxPostings: 10, maxTerms: 1 };
    expect(selectTerms([term('git', 'seat'), term('git hub')], df, 1_000, limits)).toEqual([term('git hub')]);
  });

  test('in a small space nothing is dear', () => {
    const all = [term('seat'), term('git'), term('hub')];
    expect(selectTerms(all, df, 100)).toEqual(all);
  });
});
