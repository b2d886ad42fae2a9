import type { Evidence } from '../Evidence.ts';
import { findHazards } from './hazards.ts';
import { destinationsOf } from './markdownLink.ts';

/** The addresses that an answer may name: those that stand in its evidence. */
export interface AllowedLinks {
  /**
   * The address as the evidence spells it, and what of the given one is punctuation behind it; undefined if no passage
   * has it. Nothing is completed or shortened: a path or query more or less is another address.
   */
  match(address: string): { readonly spelled: string; readonly rest: string } | undefined;
}

/**
 * Reads the passages' texts and their own addresses, once the first link is asked about: most answers have none. Titles
 * do not count: anybody may name a channel.
 */
export function createAllowedLinks(evidence: readonly Pick<Evidence, 'text' | 'url'>[]): AllowedLinks {
  let known: ReadonlyMap<string, string> | undefined;
  return {
    match(address) {
      known ??= addressesIn(evidence);
      for (const trimmed of withoutPunctuation(address)) {
        const key = canonical(trimmed);
        const spelled = key === undefined ? undefined : known.get(key);
        if (spelled !== undefined) return { spelled, rest: address.slice(trimmed.length) };
      }
      return undefined;
    },
  };
}

/** How the passages spell each address. */
function addressesIn(evidence: readonly Pick<Evidence, 'text' | 'url'>[]): ReadonlyMap<string, string> {
  const spelledBy = new Map<string, string>();
  const add = (address: string): void => {
    for (const trimmed of withoutPunctuation(address)) {
      const key = canonical(trimmed);
      if (key !== undefined && !spelledBy.has(key)) spelledBy.set(key, trimmed);
      if (!/[)\]}*_~'"”’]$/u.test(trimmed)) break;
    }
  };
  for (const passage of evidence) {
    if (/^https?:/iu.test(passage.url)) add(passage.url);
    for (const destination of destinationsOf(passage.text)) add(destination);
    for (const hazard of findHazards(passage.text)) if (hazard.kind === 'link') add(hazard.address);
  }
  return spelledBy;
}

/** The address, then without one more closing mark of the sentence around it each time. */
function* withoutPunctuation(address: string): Generator<string> {
  let trimmed = address;
  while (trimmed !== '') {
    yield trimmed;
    if (!/[.,;:!?'"”’*_~)}\\]$/u.test(trimmed)) return;
    trimmed = trimmed.slice(0, -1);
  }
}

/** One spelling for addresses that lead to the same place; undefined for what must never be a link. */
function canonical(address: string): string | undefined {
  if (/^(?:javascript|vbscript|data|file):/iu.test(address)) return undefined;
  const web = /^www\./iu.test(address) ? `http://${address}` : address;
  if (!/^https?:/iu.test(web)) return /^[/.#?]/u.test(web) ? undefined : web.replace(/^mailto:/iu, '').toLowerCase();
  // Markdown wants parentheses encoded, so that both spellings are one.
  return URL.parse(web)?.href.replace(/%28/gu, '(').replace(/%29/gu, ')');
}
