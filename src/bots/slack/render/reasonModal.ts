import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { Reason } from '../../../feedback/Feedback.ts';
import { REASONS } from '../../words.ts';
import { WORDS } from './words.ts';

export const REASON_VIEW = 'vote_reason';
export const TELL_MORE_ACTION = 'tell_more';
export const SHOULD_BLOCK = 'should';
const REASON_BLOCK = 'reason';
const ANSWER_CHARACTERS = 3_000;

/** What a modal is about, kept in it while it is open. */
const aboutSchema = z.object({ answerId: z.string(), channel: z.string().optional(), threadTs: z.string().optional() });
export type About = z.infer<typeof aboutSchema>;

/** Asks what was wrong with an answer, and what it should have said. */
export function reasonModal(about: About): types.ModalView {
  const plain = (text: string) => ({ type: 'plain_text' as const, text });
  return {
    type: 'modal',
    callback_id: REASON_VIEW,
    private_metadata: JSON.stringify(about),
    title: plain('What was wrong?'),
    submit: plain('Send'),
    close: plain('Not now'),
    blocks: [
      {
        type: 'input',
        block_id: REASON_BLOCK,
        label: plain('What was wrong with the answer?'),
        element: {
          type: 'radio_buttons',
          action_id: REASON_BLOCK,
          options: Object.entries(REASONS).map(([value, text]) => ({ text: plain(text), value })),
        },
      },
      {
        type: 'input',
        block_id: SHOULD_BLOCK,
        optional: true,
        label: plain('What should it have said?'),
        element: {
          type: 'plain_text_input',
          action_id: SHOULD_BLOCK,
          multiline: true,
          max_length: ANSWER_CHARACTERS,
          placeholder: plain('The answer that would have helped you'),
        },
      },
    ],
  };
}

/** "Noted. What was wrong?" with a button that opens the modal, for votes that cannot open one themselves. */
export function tellMoreBlocks(text: string, about: About): types.KnownBlock[] {
  return [
    { type: 'section', text: { type: 'mrkdwn', text } },
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          action_id: TELL_MORE_ACTION,
          text: { type: 'plain_text', text: WORDS.tellMore },
          value: JSON.stringify(about),
        },
      ],
    },
  ];
}

export function readAbout(json: string): About | undefined {
  try {
    return aboutSchema.parse(JSON.parse(json));
  } catch {
    return undefined;
  }
}

const field = z.record(z.string(), z.record(z.string(), z.unknown()));
const submissionSchema = z.object({
  user: z.object({ id: z.string() }),
  view: z.object({ id: z.string(), private_metadata: z.string(), state: z.object({ values: field }) }),
});

export interface Reasons {
  readonly personId: string;
  readonly viewId: string;
  readonly about: About;
  readonly reason?: Reason;
  readonly should: string;
}

/** What somebody sent with the modal; undefined if it is not ours. */
export function readReasons(body: unknown): Reasons | undefined {
  const parsed = submissionSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { user, view } = parsed.data;
  const about = readAbout(view.private_metadata);
  if (!about) return undefined;
  const chosen = z
    .object({ selected_option: z.object({ value: z.string() }) })
    .safeParse(view.state.values[REASON_BLOCK]?.[REASON_BLOCK]);
  const written = z.object({ value: z.string() }).safeParse(view.state.values[SHOULD_BLOCK]?.[SHOULD_BLOCK]);
  const value = chosen.data?.selected_option.value ?? '';
  return {
    personId: user.id,
    viewId: view.id,
    about,
    ...(Object.hasOwn(REASONS, value) ? { reason: value as Reason } : {}),
    should: written.data?.value.trim() ?? '',
  };
}
