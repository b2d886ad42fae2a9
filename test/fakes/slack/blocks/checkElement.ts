import type { Json } from '../State.ts';
import type { Checker } from './Checker.ts';

/** https://docs.slack.dev/reference/block-kit/block-elements: the ones that apps of our kind send. */
export function checkElement(checker: Checker, element: Json, pointer: string, allowed: readonly string[]): void {
  if (!allowed.includes(element?.type)) {
    checker.wrong(`${pointer}/type`, `unsupported type: ${element?.type}`);
    return;
  }
  checker.string(element.action_id, `${pointer}/action_id`, { most: 255, optional: true });
  checks[element.type]?.(checker, element, pointer);
}

type Check = (checker: Checker, element: Json, pointer: string) => void;

const placeholder: Check = (checker, element, pointer) =>
  checker.text(element.placeholder, `${pointer}/placeholder`, { most: 150, plain: true, optional: true });

const options =
  (most: number): Check =>
  (checker, element, pointer) => {
    const listed = checker.list(element.options, `${pointer}/options`, {
      most,
      optional: element.option_groups !== undefined,
    });
    for (const [i, option] of listed.entries()) {
      checker.text(option.text, `${pointer}/options/${i}/text`, { most: 75 });
      checker.string(option.value, `${pointer}/options/${i}/value`, { most: 150 });
      checker.text(option.description, `${pointer}/options/${i}/description`, { most: 75, optional: true });
    }
    placeholder(checker, element, pointer);
  };

const feedbackButton = (checker: Checker, button: Json, pointer: string) => {
  if (!button)
    return checker.wrong(
      pointer.slice(0, pointer.lastIndexOf('/')),
      `missing required field: ${pointer.split('/').at(-1)}`,
    );
  checker.text(button.text, `${pointer}/text`, { most: 75, plain: true });
  checker.string(button.value, `${pointer}/value`, { most: 2000 });
  checker.string(button.accessibility_label, `${pointer}/accessibility_label`, { most: 75, optional: true });
};

const checks: Record<string, Check> = {
  button(checker, element, pointer) {
    checker.text(element.text, `${pointer}/text`, { most: 75, plain: true });
    checker.string(element.value, `${pointer}/value`, { most: 2000, optional: true });
    checker.string(element.url, `${pointer}/url`, { most: 3000, optional: true });
    checker.string(element.accessibility_label, `${pointer}/accessibility_label`, { most: 75, optional: true });
    if (element.style !== undefined && !['primary', 'danger'].includes(element.style)) {
      checker.wrong(`${pointer}/style`, 'must be a valid enum value');
    }
  },
  feedback_buttons(checker, element, pointer) {
    feedbackButton(checker, element.positive_button, `${pointer}/positive_button`);
    feedbackButton(checker, element.negative_button, `${pointer}/negative_button`);
  },
  icon_button(checker, element, pointer) {
    if (element.icon !== 'trash') checker.wrong(`${pointer}/icon`, 'must be a valid enum value');
    checker.text(element.text, `${pointer}/text`, { most: 75, plain: true });
    checker.string(element.value, `${pointer}/value`, { most: 2000, optional: true });
  },
  image(checker, element, pointer) {
    checker.string(element.alt_text, `${pointer}/alt_text`, { most: 2000 });
    checker.string(element.image_url, `${pointer}/image_url`, {
      most: 3000,
      optional: element.slack_file !== undefined,
    });
  },
  plain_text_input(checker, element, pointer) {
    checker.string(element.initial_value, `${pointer}/initial_value`, { most: 3000, least: 0, optional: true });
    placeholder(checker, element, pointer);
    const { min_length: least = 0, max_length: most = 3000 } = element;
    if (least < 0 || least > 3000) checker.wrong(`${pointer}/min_length`, 'must be between 0 and 3000');
    if (most < 1 || most > 3000 || most < least) checker.wrong(`${pointer}/max_length`, 'must be between 1 and 3000');
  },
  static_select: options(100),
  multi_static_select: options(100),
  radio_buttons: options(10),
  checkboxes: options(10),
  overflow: options(5),
  users_select: placeholder,
  multi_users_select: placeholder,
  conversations_select: placeholder,
  multi_conversations_select: placeholder,
  channels_select: placeholder,
  multi_channels_select: placeholder,
};
