// Celebration (tada, clap, fire) says that something is welcome, not that it is right: it counts for neither.
const confirming = new Set(
  'white_check_mark heavy_check_mark ballot_box_with_check +1 thumbsup thumbsup_all plus1 100 check'.split(' '),
);
const contradicting = new Set(
  '-1 thumbsdown x negative_squared_cross_mark heavy_multiplication_x no_entry no_entry_sign no_good'.split(' '),
);

export interface Reaction {
  readonly name: string;
  readonly users: readonly string[];
  /** A platform may list fewer users than it counts. */
  readonly count: number;
}

/** Whether a reaction says of a message that it is right, or that it is wrong. */
export function isTelling(name: string): boolean {
  const plain = name.replace(/::skin-tone-\d$/, '');
  return confirming.has(plain) || contradicting.has(plain);
}

/** How many people other than the author confirmed a message by a reaction, and how many contradicted it. */
export function countReactions(
  reactions: readonly Reaction[],
  authorId: string,
): { readonly confirmations: number; readonly contradictions: number } {
  return {
    confirmations: countPeople(reactions, confirming, authorId),
    contradictions: countPeople(reactions, contradicting, authorId),
  };
}

function countPeople(reactions: readonly Reaction[], names: ReadonlySet<string>, authorId: string): number {
  const people = new Set<string>();
  let unnamed = 0;
  for (const { name, users, count } of reactions) {
    if (!names.has(name.replace(/::skin-tone-\d$/, ''))) continue;
    for (const user of users) people.add(user);
    // Who is counted but not listed may be the same people again under another emoji: so the most of one, not the sum.
    unnamed = Math.max(unnamed, Math.min(count, 1_000_000) - new Set(users).size);
  }
  people.delete(authorId);
  return people.size + unnamed;
}
