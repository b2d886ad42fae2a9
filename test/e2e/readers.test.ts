import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBackscroll } from './backscroll.ts';
import { PEOPLE, type Team, writeTeam } from './team.ts';

const { folder, home: makeHome, start, run, clean } = createBackscroll();
afterAll(clean);

const team: Team = {
  channels: {
    town: [
      { at: 0, user: PEOPLE.ann, text: 'When does the summer party begin?', thread: 0 },
      { at: 60, user: PEOPLE.bob, text: 'The summer party begins at half past six in the courtyard.', thread: 0 },
    ],
  },
  groups: {
    board: {
      members: [PEOPLE.ann, PEOPLE.cleo],
      messages: [
        { at: 100, user: PEOPLE.ann, text: 'What is the price of the merger with Zephyrworks?', thread: 100 },
        {
          at: 160,
          user: PEOPLE.ann,
          text: 'The price of the merger with Zephyrworks is nineteen million.',
          thread: 100,
        },
      ],
    },
  },
  dms: {
    D0ANNBOB1: {
      members: [PEOPLE.ann, PEOPLE.bob],
      messages: [
        { at: 200, user: PEOPLE.bob, text: 'What is the surprise present for Dora?', thread: 200 },
        { at: 260, user: PEOPLE.ann, text: 'The surprise present for Dora is a telescope.', thread: 200 },
      ],
    },
  },
};
const MERGER = 'What is the price of the merger with Zephyrworks?';
const PRESENT = 'What is the surprise present for Dora?';
const PARTY = 'When does the summer party begin?';

describe('a full export with private rooms', () => {
  let home: string;
  let exported: string;
  const json = async (...args: string[]) => {
    const ran = await run([...args, '--json'], { home });
    expect(ran.code, ran.stderr).toBe(0);
    return ran.json;
  };
  /** All that an asker sees of a question: the answer, and what a search finds. */
  const seen = async (question: string, ...as: string[]) => {
    const [asked, searched] = await Promise.all([json('ask', question, ...as), json('search', question, ...as)]);
    return JSON.stringify([asked, searched]);
  };

  beforeAll(async () => {
    home = await makeHome();
    exported = await writeTeam(await folder(), team);
    await start({ home, args: ['--no-sample'] });
    expect((await json('import', exported, '--space', 'acme')).messages.added).toBe(6);
  });

  it('shows nothing of them to everybody', async () => {
    for (const question of [MERGER, PRESENT]) {
      expect(await seen(question)).not.toMatch(/nineteen|telescope|Zephyrworks is|#board|@ann/i);
    }
    expect(await seen(PARTY)).toContain('half past six');
  });

  it('shows a private channel and a direct conversation to their members', async () => {
    expect(await seen(MERGER, '--as', 'ann')).toContain('nineteen million');
    expect(await seen(PRESENT, '--as', 'ann')).toContain('telescope');
    expect(await seen(PRESENT, '--as', 'Bob Example')).toContain('telescope');
    expect(await seen(PARTY, '--as', PEOPLE.bob)).toContain('half past six');
  });

  it('shows them to no one else', async () => {
    expect(await seen(MERGER, '--as', 'bob')).not.toContain('nineteen');
    expect(await seen(PRESENT, '--as', 'dora')).not.toContain('telescope');
    expect(await seen(MERGER, '--as', 'dora')).not.toContain('nineteen');
  });

  it('shows a guest the rooms that the guest is in, and nothing else', async () => {
    expect(await seen(MERGER, '--as', 'cleo')).toContain('nineteen million');
    expect(await seen(PRESENT, '--as', 'cleo')).not.toContain('telescope');
    expect(await seen(PARTY, '--as', 'cleo')).not.toContain('half past six');
  });

  it('costs nothing to import again', async () => {
    const before = (await json('status')).vectors.generations;
    expect((await json('import', exported, '--space', 'acme')).messages).toEqual({
      ...{ added: 0, changed: 0, unchanged: 6, removed: 0 },
    });
    expect((await json('status')).vectors.generations).toEqual(before);
  });

  it('stays one space under another name, since its team is the same', async () => {
    const again = await json('import', exported, '--space', 'acme-new');
    expect(again).toMatchObject({ space: { id: 'slack:T0E2ETEAM' }, messages: { added: 0, unchanged: 6 } });
    const { spaces, sources } = await json('status');
    expect(spaces).toHaveLength(1);
    expect(sources).toHaveLength(3);
    expect(await seen(PARTY, '--space', 'acme')).toContain('half past six');
  });

  it('changes the passages of an edited message, and only those', async () => {
    const passages = async () => {
      const { results } = await json('search', 'summer party merger present', '--limit', '50', '--as', 'ann');
      return new Map<string, number>(
        results.map(({ title, passageId }: { title: string; passageId: number }) => [title, passageId]),
      );
    };
    const before = await passages();
    const file = join(exported, 'town/2026-01-05.json');
    const edited = (await readFile(file, 'utf8')).replace('half past six', 'a quarter to eight');
    await writeFile(file, edited);
    expect((await json('import', exported, '--space', 'acme')).messages).toMatchObject({ changed: 1, unchanged: 5 });
    expect(await seen(PARTY)).toContain('a quarter to eight');
    expect(await seen(PARTY)).not.toContain('half past six');
    const after = await passages();
    const changed = [...after].filter(([title, id]) => before.get(title) !== id).map(([title]) => title);
    expect(changed).toEqual([expect.stringContaining('#town')]);
  });

  it('takes a message out of reach when a new export says that its channel is private now', async () => {
    const moved = await writeTeam(await folder(), {
      groups: { town: { members: [PEOPLE.ann], messages: team.channels?.town ?? [] } },
    });
    const list = join(moved, 'groups.json');
    await writeFile(list, (await readFile(list, 'utf8')).replace('GTOWN01', 'CTOWN01'));
    await json('import', moved, '--space', 'acme');
    expect(await seen(PARTY)).not.toMatch(/half past six|quarter to eight/);
    expect(await seen(PARTY, '--as', 'dora')).not.toMatch(/half past six|quarter to eight/);
    expect(await seen(PARTY, '--as', 'ann')).toMatch(/half past six/);
  });
});
