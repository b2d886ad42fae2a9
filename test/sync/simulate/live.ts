import type { FakeSlack } from '../../fakes/slack/FakeSlack.ts';
import type { Random } from './random.ts';

const WORDS =
  'printer thermostat deploy database invoice badge vpn laptop release ticket customer meeting server backup password kitchen contract budget holiday payroll'.split(
    ' ',
  );
const EMOJI = ['white_check_mark', '+1', 'x', 'tada', '-1', 'eyes'];

/** Sentences that are all different, each as likely a question. */
export function sentences(random: Random): () => string {
  let count = 0;
  return () => {
    const said = Array.from({ length: 3 + random.below(8) }, () => random.of(WORDS)).join(' ');
    return `${said} ${++count}${random.chance(0.3) ? '?' : '.'}`;
  };
}

/** People at work in a workspace: one thing that somebody does, whatever it is. */
export function createLife(
  fake: FakeSlack,
  random: Random,
  given: { readonly channels: readonly string[]; readonly people: readonly string[] },
) {
  const { channels, people } = given;
  const sentence = sentences(random);
  const open = () => channels.filter((id) => !fake.channel(id).isArchived);
  const spoken = (channel: string) =>
    fake
      .messages(channel)
      .filter(
        ({ user, subtype, ts }) => user && people.includes(user) && (!subtype || subtype === 'thread_broadcast') && ts,
      );

  function says(channel: string, thread?: string, broadcast = false) {
    fake
      .user(random.of(people))
      .says(channel, sentence(), { ...(thread ? { thread } : {}), ...(broadcast ? { broadcast } : {}) });
  }

  return {
    /** @returns what was done, for whoever looks for what went wrong */
    step(): string {
      const channel = random.of(open());
      const messages = spoken(channel);
      const dice = random.next();
      if (messages.length < 3 || dice < 0.45) {
        says(channel);
        return `says ${channel}`;
      }
      const message = random.of(messages);
      const root = message.threadTs ?? message.ts;
      const spot = { channel, ts: message.ts };
      const author = fake.user(message.user as string);
      // A late reply: to any thread, however old.
      if (dice < 0.68) {
        if (!fake.message(channel, root)) return 'nothing';
        says(channel, root, random.chance(0.1));
        return `replies ${root}`;
      }
      if (dice < 0.8) {
        author.edits(spot, sentence());
        return `edits ${message.ts}`;
      }
      if (dice < 0.9) {
        author.deletes(spot);
        return `deletes ${message.ts}`;
      }
      const person = fake.user(random.of(people));
      const name = random.of(EMOJI);
      const has = message.reactions.get(name)?.has(random.of(people));
      try {
        if (has) person.unreacts(spot, name);
        else person.reacts(spot, name);
      } catch {
        return 'nothing'; // it was so already
      }
      return `reacts ${message.ts}`;
    },
  };
}
