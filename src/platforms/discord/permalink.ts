/** The link that opens a channel or thread, in the app or in a browser. `guildId` is `0` for direct conversations. */
export function channelLink(guildId: string, channelId: string): string {
  return `https://discord.com/channels/${guildId === '0' ? '@me' : guildId}/${channelId}`;
}

/** The link that opens a message in its place. */
export function messageLink(guildId: string, channelId: string, messageId: string): string {
  return `${channelLink(guildId, channelId)}/${messageId}`;
}
