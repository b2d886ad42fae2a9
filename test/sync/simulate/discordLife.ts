import type { FakeDiscord } from '../../fakes/discord/FakeDiscord.ts';
import { sentences } from './live.ts';
import type { Random } from './random.ts';

const EMOJI = ['✅', '👍', '❌', '🎉', '👎', '👀'];

/** People at work in a server: one thing that somebody does, whatever it is. */
export function createDiscordLife(
  fake: FakeDiscord,
  random: Random,
  given: { readonly guild: string; readonly people: readonly string[] },
) {
  const { guild, people } = given;
  const sentence = sentences(random);
  const of = (...kinds: readonly string[]) => fake.channels(guild).filter(({ kind }) => kinds.includes(kind));
  const person = () => fake.user(random.of(people));
  const spoken = (channel: string) =>
    fake.messages(channel).filter(({ authorId, type }) => people.includes(authorId) && (type === 0 || type === 19));

  function says(channel: string) {
    const answered = random.chance(0.3) ? spoken(channel).at(-1) : undefined;
    person().says(channel, sentence(), answered ? { replyTo: answered.id } : {});
  }

  return {
    /** @returns what was done, for whoever looks for what went wrong */
    step(): string {
      const place = random.of(of('text', 'publicThread'));
      const messages = spoken(place.id);
      const dice = random.next();
      if (messages.length < 3 || dice < 0.45) {
        says(place.id);
        return `says ${place.id}`;
      }
      const message = random.of(messages);
      const spot = { channelId: place.id, id: message.id };
      if (dice < 0.52) {
        if (place.thread || fake.channels(guild).some(({ id }) => id === message.id)) return 'nothing';
        const thread = person().opensThread(place.id, sentence(), random.chance(0.7) ? { from: message.id } : {});
        says(thread);
        return `opens ${thread}`;
      }
      if (dice < 0.58) {
        const [forum] = of('forum');
        if (forum) person().posts(forum.id, sentence(), sentence());
        return 'posts';
      }
      if (dice < 0.64) {
        const threads = of('publicThread');
        if (threads.length === 0) return 'nothing';
        const thread = random.of(threads);
        if (random.chance(0.15)) fake.deleteChannel(thread.id);
        else person().archives(thread.id, true);
        return `puts away ${thread.id}`;
      }
      if (place.thread?.isArchived) return 'nothing'; // nothing but a new word can be done there
      if (dice < 0.78) {
        fake.user(message.authorId).edits(spot, sentence());
        return `edits ${message.id}`;
      }
      if (dice < 0.88) {
        fake.user(message.authorId).deletes(spot);
        return `deletes ${message.id}`;
      }
      const one = person();
      const name = random.of(EMOJI);
      if (message.reactions.get(name)?.has(one.id)) one.unreacts(spot, name);
      else one.reacts(spot, name);
      return `reacts ${message.id}`;
    },
  };
}
