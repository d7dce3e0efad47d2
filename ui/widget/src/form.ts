/**
 * What stands in the place of the composer: the questions before the first message, with the message
 * itself where nobody is there to answer, and the end of a chat.
 */
import type { Chat } from './chat';
import formStyle from './form.css?inline';
import type { Form } from './frames';
import type { Kit } from './kit';
import type { FieldId } from './look';
import type { All } from './texts';

const TYPES: Partial<Record<FieldId, [type: string, complete: string]>> = {
  name: ['text', 'name'],
  email: ['email', 'email'],
  phone: ['tel', 'tel'],
  company: ['text', 'organization'],
};
const LONGEST = 200;
const MOST = 5_000;

const dressed = new WeakSet<ShadowRoot>();

type Input = HTMLInputElement | HTMLTextAreaElement;

const form = (
  kit: Kit,
  chat: Chat,
  words: All,
  /** Nobody is there: the message is asked for as well. */
  away: boolean,
  done: () => void,
): HTMLElement => {
  const { el, look } = kit;
  const { fields, consent } = look.pre_chat;

  const problems = new Map<Input, HTMLElement>();
  const complain = (input: Input, words: string) => {
    const problem = problems.get(input);
    if (problem) problem.textContent = words;
    input.ariaInvalid = words ? 'true' : null;
  };
  const isRight = (input: Input): boolean => {
    if (input.type !== 'checkbox') input.value = input.value.trim();
    const { valid, valueMissing } = input.validity;
    complain(input, valid ? '' : valueMissing ? words.fill : words.wrong);
    return valid;
  };
  const row = <T extends Input>(id: string, label: string, input: T): [T, HTMLElement] => {
    const problem = el('span.problem', { id: `${id}?` });
    input.name = id;
    input.setAttribute('aria-describedby', problem.id);
    input.oninput = () => complain(input, '');
    problems.set(input, problem);
    const asks = el('span', {}, label, !input.required && el('i', {}, ` (${words.optional})`));
    const isBox = input.type === 'checkbox';
    return [
      input,
      isBox ? el('label.box', {}, input, asks, problem) : el('label', {}, asks, input, problem),
    ];
  };
  const area = (required: boolean) => el('textarea', { rows: 3, maxLength: MOST, required });
  const rows = fields.map(({ id, required, label }) => {
    const [type, autocomplete] = TYPES[id] ?? ['text', 'off'];
    const line = { type, autocomplete, required, maxLength: LONGEST, dir: 'auto' };
    const input = id === 'question' ? area(required || away) : el('input', line);
    // Numbers are judged by the desk; here only what can be no number at all.
    if (type === 'tel') input.setAttribute('pattern', '[^A-Za-z]*[0-9][^A-Za-z]*');
    return row<Input>(id, label || words[id], input);
  });
  const asksAnyway = fields.some(({ id }) => id === 'question');
  const message = away && !asksAnyway && row('message', words.message, area(true));
  const box = el('input', { type: 'checkbox', required: true });
  const agree = consent && row('consent', consent, box);
  const all = [...rows, ...(message ? [message] : []), ...(agree ? [agree] : [])];

  const onsubmit = (event: Event) => {
    event.preventDefault();
    const wrong = all.filter(([input]) => !isRight(input));
    if (wrong[0]) return wrong[0][0].focus();
    const answers: Form = {};
    for (const [{ name, value }] of rows) if (value) answers[name as FieldId] = value;
    const text = message ? message[0].value : answers.question;
    chat.answer(answers, box.checked);
    if (text) chat.say(text, []);
    done();
  };
  return el(
    'form.card',
    { noValidate: true, onsubmit },
    ...all.map(([, node]) => node),
    el('button.main', { type: 'submit' }, away ? words.send : words.start),
  );
};

/** It has ended: what was said can be kept, and another chat begun. */
const ended = (kit: Kit, chat: Chat, words: All, title: string, done: () => void) => {
  const { el, button } = kit;
  const save = async () => (await kit.piece('tools')).transcript(kit, chat, words, title);
  return el(
    'div.end',
    {},
    el('b', {}, words.ended),
    button('plain', words.save, () => void save()),
    button('main', words.again, () => {
      chat.anew();
      done();
    }),
  );
};

export const instead = (
  kit: Kit,
  chat: Chat,
  words: All,
  title: string,
  away: boolean,
  done: () => void,
): HTMLElement => {
  if (!dressed.has(kit.root)) kit.style(kit.root, formStyle);
  dressed.add(kit.root);
  return chat.state.ended
    ? ended(kit, chat, words, title, done)
    : form(kit, chat, words, away, done);
};
