import { createHmac } from 'node:crypto';

const CHARACTERS = 6;

/** The same person of a space is the same pseudonym in every dataset of this home, and it tells nothing of them. */
export function createPseudonymOf(key: () => string): (spaceId: string | undefined, personId: string) => string {
  return (spaceId, personId) => {
    const hash = createHmac('sha256', key())
      .update(`${spaceId ?? ''}:${personId}`)
      .digest('hex');
    return `Person-${hash.slice(0, CHARACTERS)}`;
  };
}
