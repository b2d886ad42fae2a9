import { BackscrollError } from '../../base/BackscrollError.ts';

/**
 * An identifier made from a name that a person chose, for spaces that have no id of their own: `Größe & Form` becomes
 * `größe-form`. Letters of every script stay.
 * @throws BackscrollError `usage` if nothing is left
 */
export function slugOf(spaceName: string): string {
  const slug = spaceName
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 100);
  if (slug === '') {
    throw new BackscrollError('usage', 'The name of the space (--space) needs at least one letter or digit.');
  }
  return slug.toWellFormed();
}
