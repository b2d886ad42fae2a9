import { createHmac, randomBytes } from 'node:crypto';
import type { Settings } from '../../store/settings.ts';

/** A person as a voter: a keyed hash that is recognisable in this home and nowhere else. */
export type VoterOf = (personId: string) => string;

/** @param settings keeps the key beside the votes */
export function createVoterOf(settings: Settings): VoterOf {
  const key = settings.once('voter-key', () => randomBytes(32).toString('hex'));
  return (personId) => createHmac('sha256', key).update(personId).digest('base64url').slice(0, 22);
}
