import type { ChannelAudience } from './discordExport.ts';
import type { DiscordSource } from './discordFiles.ts';

/** Who will be able to read what was imported, in sentences for the person who imports. */
export function discordNotes(sources: readonly DiscordSource[], audience: ChannelAudience | undefined): string[] {
  const listed = sources.filter(({ isListed }) => isListed).length;
  const closed = sources.length - listed;
  const channels = listed === 1 ? 'one channel' : `${listed} channels`;
  const notes: string[] = [];
  if (listed > 0 && audience === undefined) {
    notes.push(
      `The export does not say who may read a channel: ${channels} can be read by everybody in the space, unless ` +
        'known as private already. Import private ones with --audience participants: then only who wrote there reads them.',
    );
  }
  if (listed > 0 && audience === 'participants')
    notes.push(`Only who wrote there can read ${channels} (ask with --as USER).`);
  if (closed > 0) {
    const what =
      closed === 1 ? 'One private thread or direct conversation' : `${closed} private threads or direct conversations`;
    notes.push(`${what} can be read only by those who took part (ask with --as USER).`);
  }
  return notes;
}
