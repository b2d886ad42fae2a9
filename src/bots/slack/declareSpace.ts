import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Workspace } from '../../platforms/slack/workspace.ts';
import type { Spaces } from '../../store/spaces.ts';

/**
 * Makes the workspace known as a space; one that was imported before is the same. Another space may bear its name
 * already (a folder that was imported as "acme"): then ours is told apart by its id.
 * @returns the workspace under the name that it has as a space
 */
export async function declareSpace(spaces: Spaces, workspace: Workspace): Promise<Workspace> {
  const { space: id, name, teamId } = workspace;
  try {
    await spaces.put({ id, platform: 'slack', name }, []);
    return workspace;
  } catch (error) {
    if (!(error instanceof BackscrollError) || error.code !== 'usage') throw error;
    const own = { ...workspace, name: `${name} (${teamId})` };
    await spaces.put({ id, platform: 'slack', name: own.name }, []);
    return own;
  }
}
