import type { Scene, Turn } from './scene.ts';
import type { BeginningWeights, ClueWeights } from './weights.ts';

/** How a message presents itself: it names somebody of the window, or it does not and its speaker is known there, or new. */
export type Mode = 'naming' | 'known' | 'new';

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
 * What speaks for or against linking the last turn to an earlier one: the weighted sum of the clues between the last turn ("me", speaking now, perhaps naming somebody) and an earlier one ("then", by "other").
 * Truths are 0 or 1; ranks (messages between) and minutes are log2(1 + x); `shared` is the weight of common words, 0 to 3.
 */
export function scoreLink(scene: Scene, index: number, shared: number, w: ClueWeights): number {
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
  const rank = log(last - index - 1);
  const minutes = log(minutesBetween(then, now));
  let sum = 0;
  // when
  sum += w.adjacent * yes(adjacent);
  sum += w.logRank * rank;
  sum += w.logMinutes * minutes;
  // I go on
  sum += w.own * yes(own);
  sum += w.ownLast * yes(own && isLastOf);
  sum += w.ownAdjacent * yes(own && adjacent);
  sum += w.ownQuestion * yes(own && question);
  sum += w.ownToName * yes(own && toName);
  sum += w.ownToNameLast * yes(own && toName && scene.lastFromTo(me, name) === index);
  sum += w.ownToOther * yes(own && toOther);
  sum += w.beforeOwnLast * yes(index < (scene.lastBy[me] as number));
  // somebody spoke to me
  sum += w.toMe * yes(toMe);
  sum += w.toMeLast * yes(toMe && scene.lastNaming[me] === index);
  sum += w.toMeUnanswered * yes(toMe && index > (scene.lastBy[me] as number));
  // it is by whom I name, or to whom I name
  sum += w.byName * yes(byName);
  sum += w.byNameInPassing * yes(byName && !now.addresses);
  sum += w.byNameLast * yes(byName && isLastOf);
  sum += w.byNameToMe * yes(byName && toMe);
  sum += w.byNameToMeLast * yes(byName && toMe && scene.lastFromTo(other, me) === index);
  sum += w.byNameToOther * yes(byName && !toMe && toOther);
  sum += w.byNameToNobody * yes(byName && then.names.length === 0);
  sum += w.coName * yes(!own && toName);
  // it has nothing to do with me so far
  sum += w.stranger * yes(stranger);
  sum += w.strangerToOther * yes(stranger && toOther);
  sum += w.strangerQuestion * yes(stranger && question);
  sum += w.strangerFirst * yes(stranger && then.strand === index);
  sum += w.strangerLogRank * (stranger ? rank : 0);
  sum += w.strangerPlain * (stranger ? scene.plainShare : 0);
  sum += w.strangerAdjacent * yes(stranger && adjacent);
  sum += w.strangerAdjacentPlain * (stranger && adjacent ? scene.plainShare : 0);
  sum += w.strangerAdjacentAlone * yes(stranger && adjacent && scene.strandsAlive <= 1);
  sum += w.plainLogMinutes * (scene.plainShare * minutes);
  sum += w.exchanged * yes(!own && Math.max(scene.lastFromTo(me, other), scene.lastFromTo(other, me)) >= 0);
  // what it is about, and what sort of message it is
  sum += w.shared * shared;
  sum += w.sharedAny * yes(shared > 0);
  sum += w.greets * yes(greeting);
  sum += w.command * yes(command);
  sum += w.commandAdjacent * yes(command && adjacent);
  sum += w.questionAfterOther * yes(now.said.question && !own);
  sum += w.answersQuestion * yes(question && !now.said.question && !own);
  // the strand that it seems to belong to
  sum += w.strandIsMine * yes(now.strand < last && then.strand === now.strand);
  sum += w.strandEnd * yes(scene.strandEnd[then.strand] === index);
  sum += w.strandHasMe * yes(scene.inStrand(then.strand, me));
  sum += w.strandHasName * yes(name >= 0 && scene.inStrand(then.strand, name));
  // in a quiet channel without names, what comes next is an answer more often than in the data of the fit
  sum += w.quietNext * yes(stranger && adjacent && scene.plainShare > QUIET_PLAIN_SHARE && scene.strandsAlive === 1);
  // another sitting: only a name, or being named, bridges a night
  const calledBack = byName || (toMe && index > (scene.lastBy[me] as number));
  sum += w.otherSitting * yes(now.atUs - then.atUs > SITTING_US && !calledBack);
  return sum;
}

/** What speaks for the last turn beginning something, weighted and summed: how it sounds, how quiet it was, and whether we know the speaker. */
export function scoreBeginning(scene: Scene, w: BeginningWeights): number {
  const last = scene.turns.length - 1;
  const now = scene.turns[last] as Turn;
  const before = scene.turns[last - 1];
  const { said } = now;
  const ownLast = scene.lastBy[now.person] as number;
  const silence = before ? minutesBetween(before, now) : MAX_MINUTES;
  let sum = 0;
  sum += w.bias;
  sum += w.question * yes(said.question);
  sum += w.questionLong * yes(said.question && said.wordCount > 8);
  sum += w.greeting * yes(said.greeting);
  sum += w.acknowledgement * yes(said.acknowledgement);
  sum += w.short * yes(said.wordCount < 4);
  sum += w.long * yes(said.wordCount > 12);
  sum += w.command * yes(said.command);
  sum += w.namesInPassing * yes(now.names.length > 0 && !now.addresses);
  sum += w.callsStranger * yes(now.callsStranger);
  sum += w.logSilence * log(silence);
  sum += w.neverSpoke * yes(ownLast < 0);
  sum += w.ownLogRank * (ownLast >= 0 ? log(last - ownLast - 1) : 0);
  sum += w.logWindow * log(last);
  sum += w.plain * scene.plainShare;
  sum += w.alone * yes(scene.strandsAlive === 1);
  sum += w.dead * yes(scene.strandsAlive === 0);
  return sum;
}
