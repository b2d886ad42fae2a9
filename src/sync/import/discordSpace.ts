import { BackscrollError } from '../../base/BackscrollError.ts';
import type { SpaceFacts } from '../../knowledge/ingest/Ingest.ts';
import type { DiscordFile } from './discordFiles.ts';
import type { ImportJob } from './ImportJob.ts';
import { printable } from './SkipLog.ts';
import { slugOf } from './spaceName.ts';

/**
 * A server is its id, so that an export and the live server are one space; all direct conversations are one, `discord:0`.
 * @throws BackscrollError `input` for exports of several servers, `usage` if the name stands for another space
 */
export async function findDiscordSpace(job: ImportJob, files: readonly DiscordFile[]): Promise<SpaceFacts> {
  const guilds = new Map(files.map(({ head }) => [head.guild.id, head.guild.name]));
  const [guildId = '0'] = guilds.keys();
  if (guilds.size > 1) {
    const names = [...guilds].slice(0, 5).map(([id, name]) => `${printable(name)} (${id})`);
    throw new BackscrollError(
      'input',
      `${printable(job.archive.origin.label)} holds exports of several Discord servers: ${names.join(', ')}. ` +
        'Import them one by one, each into its space.',
    );
  }
  const name = job.spaceName.trim();
  slugOf(name);
  const id = `discord:${guildId}`;
  const known = await job.resolveSpace(name);
  if (known && known.id !== id) {
    throw new BackscrollError(
      'usage',
      `The name ${printable(name)} already stands for another space (${known.id}), and this export is of ${id}. ` +
        'Give another name with --space.',
    );
  }
  return { id, platform: 'discord', name };
}
