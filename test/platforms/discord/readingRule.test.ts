import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Overwrite, type Role, roleSchema } from '../../../src/platforms/discord/server/facts.ts';
import { type ReadingRule, readingRule } from '../../../src/platforms/discord/server/readingRule.ts';

const VIEW = 1n << 10n;
const HISTORY = 1n << 16n;
const BOTH = VIEW | HISTORY;
const ADMINISTRATOR = 1n << 3n;

const role = (id: string, permissions: bigint, botId?: string): [string, Role] => [
  id,
  roleSchema.parse({ id, name: id, permissions: String(permissions), ...(botId ? { tags: { bot_id: botId } } : {}) }),
];
const guild = (...roles: [string, Role][]) => ({ id: '1', ownerId: '99', roles: new Map(roles) });
const overwrite = (id: string, type: 0 | 1, allow: bigint, deny: bigint): Overwrite => ({ id, type, allow, deny });
const ruleOf = (server: ReturnType<typeof guild>, ...overwrites: Overwrite[]) =>
  readingRule(server, { type: 0, overwrites });
const may = (rule: ReadingRule, id: string, roles: string[] = []) =>
  rule.kind === 'everybody' || rule.mayRead({ id, roles });

const open = guild(role('1', BOTH), role('2', 0n), role('3', ADMINISTRATOR), role('4', 0n, '77'));

describe('a channel', () => {
  it('is for everybody where @everyone keeps both rights', () => {
    expect(ruleOf(open).kind).toBe('everybody');
    expect(ruleOf(open, overwrite('2', 0, BOTH, 0n)).kind).toBe('everybody');
    expect(ruleOf(open, overwrite('1', 0, 0n, 1n << 11n)).kind).toBe('everybody');
  });

  it('is not where either is taken from @everyone, by the role or here', () => {
    for (const lacking of [VIEW, HISTORY]) {
      expect(ruleOf(guild(role('1', BOTH & ~lacking))).kind).toBe('some');
      expect(ruleOf(open, overwrite('1', 0, 0n, lacking)).kind).toBe('some');
    }
  });

  it('is not where a role or a person is kept out; a bot’s own role counts for nobody', () => {
    expect(ruleOf(open, overwrite('2', 0, 0n, VIEW)).kind).toBe('some');
    expect(ruleOf(open, overwrite('55', 1, 0n, VIEW)).kind).toBe('some');
    expect(ruleOf(open, overwrite('4', 0, 0n, VIEW)).kind).toBe('everybody');
  });

  it('whose overwrites cannot be read is for nobody but who reads all', () => {
    const rule = readingRule(open, { type: 0, overwrites: undefined });
    expect(rule.kind).toBe('some');
    expect([may(rule, '5', ['2']), may(rule, '99'), may(rule, '5', ['3'])]).toEqual([false, true, true]);
  });

  it('with a voice is for those who may come in', () => {
    expect(readingRule(open, { type: 2, overwrites: [] }).kind).toBe('some');
  });
});

describe('somebody', () => {
  const closed = (...more: Overwrite[]) => ruleOf(open, overwrite('1', 0, 0n, VIEW), ...more);

  it('reads it by a role, an overwrite of their own, as owner or as administrator', () => {
    const rule = closed(overwrite('2', 0, VIEW, 0n), overwrite('55', 1, VIEW, 0n));
    expect(may(rule, '5')).toBe(false);
    expect(may(rule, '5', ['2'])).toBe(true);
    expect(may(rule, '55')).toBe(true);
    expect(may(rule, '99')).toBe(true);
    expect(may(rule, '5', ['3'])).toBe(true);
  });

  it('is kept out by their own overwrite, whatever their roles allow', () => {
    expect(may(closed(overwrite('2', 0, VIEW, 0n), overwrite('5', 1, 0n, VIEW)), '5', ['2'])).toBe(false);
  });

  it('is let in by one role where another keeps out', () => {
    expect(may(ruleOf(open, overwrite('2', 0, 0n, VIEW), overwrite('6', 0, VIEW, 0n)), '5', ['2', '6'])).toBe(true);
  });
});

describe('the key of a rule', () => {
  const anyOverwrite = fc.record({
    id: fc.constantFrom('1', '2', '3', '6', '55'),
    type: fc.constantFrom(0 as const, 1 as const),
    allow: fc.constantFrom(0n, VIEW, HISTORY, BOTH),
    deny: fc.constantFrom(0n, VIEW, HISTORY, BOTH),
  });
  const several = fc.uniqueArray(anyOverwrite, { selector: ({ id, type }) => `${id} ${type}`, maxLength: 5 });

  it('is the same for the same rules only: who shares it reads the same', () => {
    const people = ['5', '55', '99'].flatMap((id) => [[], ['2'], ['2', '6'], ['3']].map((roles) => ({ id, roles })));
    fc.assert(
      fc.property(several, several, (a, b) => {
        const [one, other] = [ruleOf(open, ...a), ruleOf(open, ...b)];
        if (one.kind !== 'some' || other.kind !== 'some' || one.key !== other.key) return;
        for (const { id, roles } of people) expect(may(one, id, roles)).toBe(may(other, id, roles));
      }),
    );
  });

  it('never is everybody where somebody may not read', () => {
    const people = ['5', '55'].flatMap((id) => [[], ['2'], ['2', '6']].map((roles) => ({ id, roles })));
    const asSome = (overwrites: Overwrite[]) => ruleOf(open, ...overwrites, overwrite('888', 1, 0n, VIEW));
    fc.assert(
      fc.property(several, (overwrites) => {
        if (ruleOf(open, ...overwrites).kind !== 'everybody') return;
        for (const { id, roles } of people) expect(may(asSome(overwrites), id, roles)).toBe(true);
      }),
    );
  });
});
