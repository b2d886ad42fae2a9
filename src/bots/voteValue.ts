/** What a vote's button carries: which way, on which answer. */
export function voteValue(vote: 'up' | 'down', answerId: string): string {
  return `${vote}:${answerId}`;
}

/** Undefined for what is none. */
export function readVoteValue(value: string): { readonly vote: 'up' | 'down'; readonly answerId: string } | undefined {
  const [, vote, answerId] = /^(up|down):([A-Za-z0-9-]{1,64})$/.exec(value) ?? [];
  return (vote === 'up' || vote === 'down') && answerId ? { vote, answerId } : undefined;
}
