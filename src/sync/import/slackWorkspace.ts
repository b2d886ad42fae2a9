import { z } from 'zod';
import type { ArchiveEntry } from './Archive.ts';
import type { ImportJob } from './ImportJob.ts';
import { readJsonArray } from './readJsonArray.ts';
import { createSkipLog } from './SkipLog.ts';
import { isSlackId } from './slackPeople.ts';

const text = z.string().optional().catch(undefined);
const file = z.object({ permalink: text, url_private: text });
const hintSchema = z.object({
  team: text,
  files: z.array(file.catch({})).catch([]),
  file: file.catch({}),
});

const maxBytes = 24 * 1024 ** 2;

/**
 * Looks for what an export does not say in any list: the team's id, if no user carries one, and the domain that links
 * to messages need. Both stand beside files that people shared (`https://acme.slack.com/files/…` and
 * `https://files.slack.com/files-pri/TEAM-FILE/…`), which Slack writes and not the people; the two of one file have to
 * agree, since files of connected workspaces are shared too. It looks at the first 24 MB, always the same ones.
 */
export async function findWorkspace(
  job: ImportJob,
  days: readonly ArchiveEntry[],
  knownTeamId: string | undefined,
): Promise<{ readonly teamId?: string; readonly domain?: string }> {
  let teamId = knownTeamId;
  let left = maxBytes;
  for (const { path } of days) {
    const reading = {
      archive: job.archive,
      path,
      skipped: createSkipLog(0), // the same faults are told when the messages are read
      maxElementBytes: 1024 ** 2,
      advance: (bytes: number) => {
        left -= bytes;
      },
    };
    for await (const messages of readJsonArray(reading)) {
      for (const message of messages) {
        const hint = hintSchema.safeParse(message);
        if (!hint.success) continue;
        const { team } = hint.data;
        if (teamId === undefined && team !== undefined && isSlackId(team) && /^[TE]/.test(team)) teamId = team;
        for (const shared of [...hint.data.files, hint.data.file]) {
          const found = workspaceOf(shared.permalink, shared.url_private);
          if (!found || (teamId !== undefined && found.teamId !== teamId)) continue;
          return found;
        }
      }
      if (left <= 0 || job.signal.aborted) break;
    }
    if (left <= 0 || job.signal.aborted) break;
  }
  return teamId === undefined ? {} : { teamId };
}

function workspaceOf(permalink = '', urlPrivate = ''): { teamId: string; domain: string } | undefined {
  const domain = /^https:\/\/([a-z0-9][a-z0-9-]{0,40}(?:\.enterprise)?)\.slack\.com\/files\//.exec(permalink)?.[1];
  const teamId = /^https:\/\/files\.slack\.com\/files-pri\/([A-Z0-9]{2,40})-F/.exec(urlPrivate)?.[1];
  return domain && teamId ? { teamId, domain } : undefined;
}
