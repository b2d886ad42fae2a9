import type { Settings } from '../../store/settings.ts';
import type { Spaces } from '../../store/spaces.ts';
import { declareSpace } from '../declareSpace.ts';
import type { Workspace } from './workspace.ts';

/** Makes the workspace known as a space. @returns it under the name that it has as a space; see declareSpace */
export async function declareWorkspace(
  { spaces, settings }: { readonly spaces: Spaces; readonly settings: Settings },
  workspace: Workspace,
): Promise<Workspace> {
  // An import writes the same links as we do.
  if (workspace.domain) settings.set(`slack:domain:${workspace.teamId}`, workspace.domain);
  const { space: id, name, teamId } = workspace;
  return { ...workspace, name: await declareSpace(spaces, { id, platform: 'slack', name }, teamId) };
}
