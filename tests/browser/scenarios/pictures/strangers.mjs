// Who is not in yet: the first run and its steps, signing in, an invitation.

import { PASSWORD } from '../../desk.mjs';

/** On a desk that nobody has set up; each picture goes on where the one before stood. */
const STEPS = [
  { name: 'first-run', says: 'The first page of a new desk', sample: true, show: (visitor) => visitor.at('welcome').waitFor() },
  {
    name: 'first-setup', says: 'Setting up: a name, a business, a password',
    show: async (visitor) => {
      await visitor.at('choose-office').click();
      await visitor.at('setup-name').fill('Hanna Berg');
      await visitor.at('setup-business').fill('Northside Bikes');
      await visitor.at('setup-password').fill(PASSWORD);
    },
  },
  {
    name: 'first-sound', says: 'Sound and notifications, tried at once',
    show: async (visitor) => {
      await visitor.at('setup-submit').click();
      await visitor.at('first-steps').waitFor();
      await visitor.at('first-test').click();
      await visitor.at('first-done').waitFor();
    },
  },
  {
    name: 'first-demo', says: 'The demo: you hold the phone of Maria, a customer',
    show: async (visitor) => {
      await visitor.at('first-done').click();
      await visitor.at('demo-phone').waitFor();
      await visitor.at('coach').waitFor();
    },
  },
  {
    name: 'first-answer', says: 'The first conversation, and what to do next',
    show: async (visitor) => {
      await visitor.at('demo-text').fill('Hi, are you open on Sunday?');
      await visitor.at('demo-text').press('Enter');
      await visitor.row('Maria').waitFor();
      await visitor.open('Maria');
      await visitor.page.locator('[data-testid="coach"][data-mark="pick-up"]').waitFor();
    },
  },
  {
    name: 'demo-faults', says: 'The demo can make things go wrong',
    show: async (visitor) => {
      await visitor.press('p');
      await visitor.say('We are, from ten to four. See you then!');
      await visitor.becomes('See you then!', ['delivered', 'read']);
      await visitor.at('demo-faults').click();
    },
  },
];

export const FIRST = STEPS.map((one, at) => ({ ...one, goesOn: at > 0 }));

/** On the furnished desk. */
export const DOOR = [
  { name: 'sign-in', says: 'Signing in', show: (visitor) => visitor.at('sign-in').waitFor() },
  {
    name: 'sign-in-wrong', says: 'A password that is not right',
    show: async (visitor) => {
      visitor.expect(/status of 401/);
      await visitor.signIn('hanna', 'not her password');
      await visitor.at('sign-in-problem').waitFor();
    },
  },
  {
    name: 'invitation', says: 'A colleague opens the link of an invitation',
    show: async (visitor, { invitation }) => {
      await visitor.page.goto(invitation.replace(/^http:\/\/[^/]+/, visitor.desk.workspace));
      await visitor.at('join-invite').waitFor();
    },
  },
];
