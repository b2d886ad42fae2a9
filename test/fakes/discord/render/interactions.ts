import type { InteractionDraft } from '../interactions.ts';
import { channelPermissions } from '../permissions.ts';
import type { InteractionRecord, Json, State } from '../State.ts';
import { renderChannel } from './channels.ts';
import { renderMessage } from './messages.ts';
import { renderMember, renderUser } from './people.ts';
import { trim } from './trim.ts';

/** INTERACTION_CREATE's data. */
export function renderInteraction(state: State, record: InteractionRecord, draft: InteractionDraft): Json {
  const { interaction, type } = record;
  const { channel, userId, message, data } = draft;
  const guild = state.guilds.get(channel.guildId ?? '');
  const member = guild?.members.get(userId);
  const permissions = String(channelPermissions(state, channel, userId));
  const who = member
    ? { member: trim(state, { ...renderMember(state, member), permissions }, ['permissions']) }
    : { user: renderUser(state, userId) };
  const whole = {
    id: interaction.id,
    application_id: state.app.id,
    type,
    token: interaction.token,
    version: 1,
    data,
    channel_id: channel.id,
    channel: { ...renderChannel(state, channel), permissions },
    ...who,
    ...(guild ? { guild_id: guild.id, guild: { id: guild.id, locale: 'en-US', features: [] } } : {}),
    ...(message ? { message: renderMessage(state, message, { hasContent: true }) } : {}),
    app_permissions: String(channelPermissions(state, channel, state.app.botUserId)),
    locale: 'en-US',
    ...(guild ? { guild_locale: 'en-US' } : {}),
    entitlements: [],
    authorizing_integration_owners: { 0: guild?.id ?? '0' },
    context: guild ? 0 : 1,
    attachment_size_limit: 10_485_760,
  };
  const optional = [
    'guild',
    'app_permissions',
    'locale',
    'guild_locale',
    'context',
    'attachment_size_limit',
    'version',
  ];
  // discord.js 14.28 throws without these.
  const vital = ['entitlements', 'authorizing_integration_owners', 'channel'];
  return trim(state, whole, state.sparse.objects === 'bare' ? [...optional, ...vital] : optional);
}
