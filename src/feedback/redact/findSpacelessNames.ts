import type { Finding } from './Finding.ts';

/** Scripts that put no spaces between words, or write what belongs to a name together with it. */
const LETTER =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const BETWEEN = /[\s・·=]+/u;
/** Of two signs, words that are also names; a longer name is none. */
const ALSO_WORDS = new Set(
  '高兴 安全 文明 和平 光明 建设 希望 管理 客服 运维 技术 测试 开发 机器 高峰 明白 关系 平安 大家 同学 老师 経理 開発 総務 担当 관리 개발 운영'.split(
    ' ',
  ),
);

/** Finds names within a text of such a script: the text itself is compared, where words begin is not asked. @param people names folded */
export function createFindSpaceless(
  people: readonly { readonly id: string; readonly name: string }[],
): (text: string) => Finding[] {
  /** By their first two signs; the longest first. */
  const known = new Map<string, { name: string; id: string }[]>();
  const seen = new Set<string>();
  for (const { id, name } of people) {
    const parts = name.split(BETWEEN).filter((part) => part !== '');
    // Together, as it was written, and each by itself: 山田さん.
    for (const one of new Set([parts.join(''), parts.join(' '), name, ...parts])) {
      const lower = one.toLowerCase();
      if ([...lower].length < 2 || ALSO_WORDS.has(lower) || seen.has(lower) || !LETTER.test(lower)) continue;
      seen.add(lower);
      const list = known.get(lower.slice(0, 2)) ?? [];
      known.set(lower.slice(0, 2), list);
      list.push({ name: lower, id });
    }
  }
  for (const list of known.values()) list.sort((a, b) => b.name.length - a.name.length || (a.id < b.id ? -1 : 1));

  return (text) => {
    const found: Finding[] = [];
    if (known.size === 0 || !LETTER.test(text)) return found;
    // Of the same length: what changes it is left as it is.
    const lower = text.toLowerCase().length === text.length ? text.toLowerCase() : text;
    for (let at = 0; at < lower.length - 1; at++) {
      const one = known.get(lower.slice(at, at + 2))?.find(({ name }) => lower.startsWith(name, at));
      if (!one) continue;
      const from = lower[at - 1] === '@' ? at - 1 : at;
      found.push({ kind: 'name', from, to: at + one.name.length, who: one.id });
      at += one.name.length - 1;
    }
    return found;
  };
}

/** Whether a name is written in such a script. */
export function isSpaceless(name: string): boolean {
  return LETTER.test(name);
}
