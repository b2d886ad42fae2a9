import { z } from 'zod';
import type { Priority } from './api/budget.ts';
import type { SlackApi } from './api/createSlackApi.ts';
import { slackWord } from './api/failure.ts';
import { type ChannelFacts, readChannelFacts } from './channelFacts.ts';

const PAGE = 999;
const PAGES = 500;
const cursor = z.object({ next_cursor: z.string().catch('') }).catch({ next_cursor: '' });
const infoAnswer = z.object({ channel: z.unknown() });
const listAnswer = z.object({ channels: z.array(z.unknown()), response_metadata: cursor });
const membersAnswer = z.object({ members: z.array(z.string()), response_metadata: cursor });

/** What Slack says of one channel; undefined when it does not show it to us. Errors as SlackApi's. */
export async function lookAtChannel(
  api: SlackApi,
  channel: string,
  priority: Priority,
): Promise<ChannelFacts | undefined> {
  return visible(async () => {
    const found = await api.call('conversations.info', { channel }, { answer: infoAnswer, priority });
    return readChannelFacts(found.channel);
  });
}

/** Everybody in a channel, ourselves included; undefined when Slack does not show it to us. */
export async function lookAtMembers(api: SlackApi, channel: string, priority: Priority): Promise<string[] | undefined> {
  return visible(async () => {
    const members: string[] = [];
    let next = '';
    for (let page = 0; page < PAGES; page++) {
      const args = { channel, limit: PAGE, ...(next ? { cursor: next } : {}) };
      const found = await api.call('conversations.members', args, { answer: membersAnswer, priority });
      members.push(...found.members);
      next = found.response_metadata.next_cursor;
      if (next === '') break;
    }
    return members;
  });
}

/** Every channel that we can see: all public ones, and the private ones that we are in. */
export async function lookAtAllChannels(api: SlackApi, priority: Priority): Promise<ChannelFacts[]> {
  try {
    return await listChannels(api, priority, 'public_channel,private_channel,mpim');
  } catch (error) {
    // A workspace that did not grant mpim:read has no group conversations for us.
    if (slackWord(error) !== 'missing_scope' && slackWord(error) !== 'invalid_types') throw error;
    return listChannels(api, priority, 'public_channel,private_channel');
  }
}

async function listChannels(api: SlackApi, priority: Priority, types: string): Promise<ChannelFacts[]> {
  const channels: ChannelFacts[] = [];
  let next = '';
  for (let page = 0; page < PAGES; page++) {
    const args = {
      types,
      exclude_archived: false,
      limit: PAGE,
      ...(next ? { cursor: next } : {}),
    };
    const found = await api.call('conversations.list', args, { answer: listAnswer, priority });
    channels.push(...found.channels.flatMap((raw) => readChannelFacts(raw) ?? []));
    next = found.response_metadata.next_cursor;
    if (next === '') break;
  }
  return channels;
}

async function visible<T>(look: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    const word = slackWord(error);
    if (word === 'channel_not_found' || word === 'not_in_channel' || word === 'method_not_supported_for_channel_type') {
      return undefined;
    }
    throw error;
  }
}
