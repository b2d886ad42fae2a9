import { BackscrollError } from '../base/BackscrollError.ts';
import type { SpaceRecord, Spaces } from '../store/spaces.ts';

/**
 * Makes a space known; one that was imported before is the same. Another space may bear its name already (a folder that
 * was imported as "acme"): then ours is told apart by its id.
 * @param ownId what the platform calls it
 * @returns the name that it has as a space
 */
export async function declareSpace(spaces: Spaces, space: SpaceRecord, ownId: string): Promise<string> {
  try {
    await spaces.put(space, []);
    return space.name;
  } catch (error) {
    if (!(error instanceof BackscrollError) || error.code !== 'usage') throw error;
    const name = `${space.name} (${ownId})`;
    await spaces.put({ ...space, name }, []);
    return name;
  }
}
