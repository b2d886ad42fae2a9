import type { Trouble } from '../bots/Hearing.ts';
import type { Slack } from '../bots/slack/createSlack.ts';
import type { App } from '../main.ts';
import type { Alert } from '../sync/alerts.ts';

/** Channels, of every platform, have ids that begin with their space's. */
const isOfChannel = ({ syncId, spaceId }: Pick<Alert, 'syncId' | 'spaceId'>) => syncId.startsWith(`${spaceId}/`);

/** What is wrong with sources, as Slack shows it. */
export function troublesOf({ keeping, store }: Pick<App, 'keeping' | 'store'>): Trouble[] {
  return keeping.sync.now.alerts().flatMap(({ syncId, spaceId, sentence }) => {
    // What a channel elsewhere is called is nobody's business here.
    if (store.syncStates.find(syncId)?.kind === 'discord') return [];
    return [
      { sentence, ...(isOfChannel({ syncId, spaceId }) ? { channelId: syncId.split('/').at(-1) as string } : {}) },
    ];
  });
}

/** Posts an alert into the channel that the config names. A channel's name may be as private as the channel. */
export async function tellAlert(
  app: Pick<App, 'config' | 'store'>,
  bots: { readonly slack: Pick<Slack, 'tell'> | undefined },
  alert: Alert,
) {
  const { slackChannel } = app.config.sync.alerts;
  if (!slackChannel || !bots.slack) return;
  const { store } = app;
  const audiences = store.audiences({ kind: 'place', space: alert.spaceId, channelId: slackChannel });
  const readable = store.sources.readable(
    alert.spaceId,
    audiences.map(({ id }) => id),
  );
  const isTold = readable.some(({ key }) => alert.syncId.endsWith(`/${key}`));
  const hidden = 'A source that not everybody here may read is in trouble: see backscroll status.';
  await bots.slack.tell(slackChannel, isOfChannel(alert) && !isTold ? hidden : alert.sentence);
}
