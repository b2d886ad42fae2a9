import type { Scene, Turn } from './scene.ts';

/** How a message presents itself: it names somebody of the window, or it does not and its speaker is known there, or new. */
export type Mode = 'naming' | 'known' | 'new';
/** What speaks for or against linking the last turn to one earlier turn. */
export type Clues = ReturnType<typeof cluesFor>;
/** What speaks for or against the last turn beginning a conversation. */
export type Beginnings = ReturnType<typeof beginningsOf>;

const MINUTE_US = 60_000_000;
/** Beyond four hours a pause says no more: it is another sitting. */
const MAX_MINUTES = 240;

const QUIET_PLAIN_SHARE = 0.85;
const SITTING_US = 6 * 60 * MINUTE_US;

const yes = (condition: boolean): number => (condition ? 1 : 0);
const log = (value: number): number => Math.log2(1 + value);
const minutesBetween = (then: Turn, now: Turn): number =>
  Math.min(Math.max(0, now.atUs - then.atUs) / MINUTE_US, MAX_MINUTES);

/** Which column of the weights holds for the last turn. */
export function modeOf(scene: Scene): Mode {
  const now = scene.turns.at(-1) as Turn;
  if (now.names.length > 0) return 'naming';
  return (scene.lastBy[now.person] as number) >= 0 || (scene.lastNaming[now.person] as number) >= 0 ? 'known' : 'new';
}

/**
 * The clues between the last turn ("me", speaking now, perhaps naming somebody) and an earlier one ("then", by "other").
 * Truths are 0 or 1; ranks (messages between) and minutes are log2(1 + x); `shared` is the weight of common words, 0 to 3.
 */
export function cluesFor(scene: Scene, index: number, shared: number) {
  const last = scene.turns.length - 1;
  const now = scene.turns[last] as Turn;
  const then = scene.turns[index] as Turn;
  const me = now.person;
  const other = then.person;
  const name = now.names[0] ?? -1;
  const own = other === me;
  const toMe = then.names.includes(me);
  const byName = now.names.includes(other);
  const toName = name >= 0 && then.names.includes(name);
  const toOther = then.names.some((someone) => someone !== me && !now.names.includes(someone));
  const stranger = !own && !toMe && !byName && !toName;
  const adjacent = index === last - 1;
  const isLastOf = scene.lastBy[other] === index;
  const { question, command, greeting } = then.said;
  return {
    // when
    adjacent: yes(adjacent),
    logRank: log(last - index - 1),
    logMinutes: log(minutesBetween(then, now)),
    // I go on
    own: yes(own),
    ownLast: yes(own && isLastOf),
    ownAdjacent: yes(own && adjacent),
    ownQuestion: yes(own && question),
    ownToName: yes(own && toName),
    ownToNameLast: yes(own && toName && scene.lastFromTo(me, name) === index),
    ownToOther: yes(own && toOther),
    beforeOwnLast: yes(index < (scene.lastBy[me] as number)),
    // somebody spoke to me
    toMe: yes(toMe),
    toMeLast: yes(toMe && scene.lastNaming[me] === index),
    toMeUnanswered: yes(toMe && index > (scene.lastBy[me] as number)),
    // it is by whom I name, or to whom I name
    byName: yes(byName),
    byNameInPassing: yes(byName && !now.addresses),
    byNameLast: yes(byName && isLastOf),
    byNameToMe: yes(byName && toMe),
    byNameToMeLast: yes(byName && toMe && scene.lastFromTo(other, me) === index),
    byNameToOther: yes(byName && !toMe && toOther),
    byNameToNobody: yes(byName && then.names.length === 0),
    coName: yes(!own && toName),
    // it has nothing to do with me so far
    stranger: yes(stranger),
    strangerToOther: yes(stranger && toOther),
    strangerQuestion: yes(stranger && question),
    strangerFirst: yes(stranger && then.strand === index),
    strangerLogRank: stranger ? log(last - index - 1) : 0,
    strangerPlain: stranger ? scene.plainShare : 0,
    strangerAdjacent: yes(stranger && adjacent),
    strangerAdjacentPlain: stranger && adjacent ? scene.plainShare : 0,
    strangerAdjacentAlone: yes(stranger && adjacent && scene.strandsAlive <= 1),
    plainLogMinutes: scene.plainShare * log(minutesBetween(then, now)),
    exchanged: yes(!own && Math.max(scene.lastFromTo(me, other), scene.lastFromTo(other, me)) >= 0),
    // what it is about, and what sort of message it is
    shared,
    sharedAny: yes(shared > 0),
    greets: yes(greeting),
    command: yes(command),
    commandAdjacent: yes(command && adjacent),
    questionAfterOther: yes(now.said.question && !own),
    answersQuestion: yes(question && !now.said.question && !own),
    // the strand that it seems to belong to
    strandIsMine: yes(now.strand < last && then.strand === now.strand),
    strandEnd: yes(scene.strandEnd[then.strand] === index),
    strandHasMe: yes(scene.inStrand(then.strand, me)),
    strandHasName: yes(name >= 0 && scene.inStrand(then.strand, name)),
    // in a quiet channel without names, what comes next is an answer more often than in the data of the fit
    quietNext: yes(stranger && adjacent && scene.plainShare > QUIET_PLAIN_SHARE && scene.strandsAlive === 1),
    // another sitting: only a name, or being named, bridges a night
    otherSitting: yes(now.atUs - then.atUs > SITTING_US && !byName && !(toMe && index > (scene.lastBy[me] as number))),
  };
}

/** The clues that the last turn begins something: how it sounds, how quiet it was, and whether we know the speaker. */
export function beginningsOf(scene: Scene) {
  const last = scene.turns.length - 1;
  const now = scene.turns[last] as Turn;
  const before = scene.turns[last - 1];
  const { said } = now;
  const ownLast = scene.lastBy[now.person] as number;
  const silence = before ? minutesBetween(before, now) : MAX_MINUTES;
  return {
    bias: 1,
    question: yes(said.question),
    questionLong: yes(said.question && said.wordCount > 8),
    greeting: yes(said.greeting),
    acknowledgement: yes(said.acknowledgement),
    short: yes(said.wordCount < 4),
    long: yes(said.wordCount > 12),
    command: yes(said.command),
    namesInPassing: yes(now.names.length > 0 && !now.addresses),
    callsStranger: yes(now.callsStranger),
    logSilence: log(silence),
    neverSpoke: yes(ownLast < 0),
    ownLogRank: ownLast >= 0 ? log(last - ownLast - 1) : 0,
    logWindow: log(last),
    plain: scene.plainShare,
    alone: yes(scene.strandsAlive === 1),
    dead: yes(scene.strandsAlive === 0),
  };
}
