import { lookAtAllChannels } from '../../../platforms/slack/lookAtChannels.ts';
import type { SlackSide } from '../../../platforms/slack/SlackSide.ts';
import type { Sources } from '../../../store/sources.ts';
import type { SyncedChannel } from '../../channels/ChannelHistory.ts';
import { type ChannelChoice, createChannelChoice } from '../../channels/chooseChannels.ts';
import { type ChannelDeps, createChannelSource } from '../../channels/createChannelSource.ts';
import type { Catalogue, Source } from '../Source.ts';
import type { ReadSlack } from './readSlack.ts';
import { createSlackHistory } from './slackHistory.ts';

/**
 * The channels of a Slack workspace that Backscroll is in and the config wants: open ones, and closed ones that it was
 * invited to. Direct messages and group conversations are nobody's knowledge. Who may read each is the membership's.
 */
export function createSlackCatalogue(deps: {
  /** Resolves once Slack knows us; rejects with what the operator has to mend. */
  readonly side: () => Promise<SlackSide>;
  readonly read: () => Promise<ReadSlack>;
  readonly sources: Pick<Sources, 'readable'>;
  readonly choice: ChannelChoice;
  readonly channel: ChannelDeps;
}): Catalogue & { find(sourceId: number): SyncedChannel | undefined } {
  const isWanted = createChannelChoice(deps.choice);
  const channels = new Map<number, SyncedChannel>();

  return {
    kind: 'slack',
    find: (sourceId) => channels.get(sourceId),
    async sources() {
      const side = await deps.side();
      const read = await deps.read();
      const { api, workspace, membership } = side;
      const here = (await lookAtAllChannels(api, 'background')).filter(
        ({ id, name, kind, isMember, isArchived, isGroup }) =>
          isMember && !isArchived && !isGroup && kind !== 'direct' && isWanted({ id, name, isOpen: kind === 'open' }),
      );
      const declared = () =>
        new Map(
          deps.sources
            .readable(workspace.space)
            .filter(({ kind }) => kind === 'channel')
            .map((source) => [source.key, source]),
        );
      const before = declared();
      // One that an import brought has the readers that the import knew of: Slack's own are looked up first.
      for (const { id } of here) {
        const isLive = before.has(id) && membership.isKnown(id);
        if (!isLive) await membership.ensure({ kind: 'place', channelId: id }, 'background');
      }
      const known = declared();
      channels.clear();
      const found: Source[] = [];
      for (const { id: key, name, createdMs } of here) {
        const source = known.get(key);
        // Slack does not show us its members: nobody could be told apart from those who may not read it.
        if (!source) continue;
        const channel: SyncedChannel = {
          ...{ id: `${workspace.space}/${key}`, spaceId: workspace.space, key, name, sourceId: source.id },
          ...(createdMs === undefined ? {} : { createdMs }),
          history: createSlackHistory(side, { id: key, name }, read),
        };
        channels.set(source.id, channel);
        found.push(createChannelSource('slack', channel, deps.channel));
      }
      setImmediate(deps.channel.hub.opened);
      return found;
    },
  };
}
