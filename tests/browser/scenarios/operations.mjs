// Every operation on a session, by two agents and a supervisor, on a desktop in the light and on a
// phone in the dark. Then four ways to each of them: menu of the row, menu of the thread, palette, key.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';

const LOOKS = [
  { look: 'desktop-light', options: { scheme: 'light' }, phone: false },
  {
    look: 'phone-dark', phone: true,
    options: { scheme: 'dark', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  },
];
/** What has a button of its own in the head of a thread, where there is room. */
const BUTTONS = { transfer: 'transfer', archive: 'archive', unarchive: 'archive', end: 'end' };
/** Each verb that applies to an open session of one's own, with its key. */
const OWN = {
  reply: 'r', note: 'Shift+R', call: 'c', transfer: 't', snooze: 'z', unread: 'u', mute: 'm', archive: 'e', label: 'l',
  'add-to-contacts': 'a', contact: 'Shift+A', details: 'Control+.', find: 'Control+f', 'copy-link': 'Shift+C', download: 'Shift+D',
  end: 'Shift+E', remove: 'Delete',
};

export default async function operations({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  const front = (await admin.get('/queues'))[0];
  const people = {
    ana: await desk.person('Ana Lopez', 'agent', [front.id]),
    tom: await desk.person('Tom Reed', 'agent', [front.id]),
    nina: await desk.person('Nina Brandt', 'supervisor', [front.id]),
  };
  await admin.patch(`/users/${people.ana.id}`, { may_call: true });
  await admin.post('/labels', { name: 'Late order', colour: 'red' });
  const channel = await desk.twilio({ kind: 'queue', id: front.id });
  await desk.conduct({ receipt_percent: 10 });

  for (const [at, { look, options, phone }] of LOOKS.entries()) {
    const customer = `+1202555014${at}`;
    await desk.text(channel, customer, 'Is my bike ready?');
    const { id } = await desk.session(customer);
    const here = {};
    for (const [name, person] of Object.entries(people)) {
      here[name] = await member(desk, person.api, { ...options, name: `${name}-${look}` });
      // Whoever loses sight of a session asks for it once more and hears that it is not theirs.
      here[name].expect(/status of 40[349]/);
    }
    const { ana, tom, nina } = here;
    // Nobody sees it before it is theirs.
    const seen = (name) => people[name].api.get(`/sessions/${id}`).catch(() => null);
    const becomes = (name, what, holds) => until(`${look}: ${what}`, async () => {
      const one = await seen(name);
      return one !== null && holds(one);
    });
    const into = async (who, folder = 'all') => {
      await who.go(`inbox/${folder === 'all' ? 'recent' : folder}/${id}`);
      await who.at('thread-name').waitFor();
      await who.at('thread').waitFor();
    };
    const act = async (who, verb) => {
      if (!phone && BUTTONS[verb]) return who.at(BUTTONS[verb]).click();
      await who.at('thread-more').click();
      await who.at(`menu-${verb}`).click();
    };
    // The list comes back by itself where nothing else is in it.
    const left = (who) => who.at('thread-pane').waitFor({ state: 'detached' });
    const fits = async (who) => assert.ok(await who.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${look} is too wide`);

    await check(`${look}: two look at it, one picks it up, the other is told`, async () => {
      await into(ana);
      await into(tom);
      await fits(ana);
      await ana.at('pick-up').click();
      await becomes('ana', 'it is hers', (one) => one.owner_name === 'Ana Lopez');
      await tom.at('taken', { hasText: 'Ana Lopez' }).waitFor();
      await tom.at('back-to-list').click();
      await tom.at('session-list').or(tom.page.locator('.list')).first().waitFor();
    });

    await check(`${look}: reply and note begin in the right place, and arrive`, async () => {
      await act(ana, 'note');
      await until('the note', async () => (await ana.at('tab-note').getAttribute('aria-selected')) === 'true');
      await ana.page.keyboard.type('Paid already');
      await ana.at('send').click();
      await ana.at('note', { hasText: 'Paid already' }).waitFor();
      await act(ana, 'reply');
      await until('the reply', async () => (await ana.at('tab-reply').getAttribute('aria-selected')) === 'true');
      await ana.page.keyboard.type('From five on!');
      await ana.at('send').click();
      await ana.becomes('From five on!', ['sent', 'delivered']);
    });

    await check(`${look}: labelled, muted, put aside, marked, archived, and each of it undone`, async () => {
      await act(ana, 'label');
      await ana.at('tag-search').fill('late');
      await ana.press('Enter');
      await becomes('ana', 'it has the label', (one) => one.labels.length === 1);
      await ana.press('Escape');
      await act(ana, 'mute');
      await becomes('ana', 'it is muted', (one) => one.muted);
      await act(ana, 'unmute');
      await becomes('ana', 'it is heard', (one) => !one.muted);
      await act(ana, 'snooze');
      await ana.at('snooze-hour').click();
      await left(ana);
      await becomes('ana', 'it is put aside', (one) => one.snoozed);
      await into(ana, 'snoozed');
      await act(ana, 'wake');
      await becomes('ana', 'it is back', (one) => !one.snoozed);
      await into(ana);
      await act(ana, 'unread');
      await left(ana);
      await becomes('ana', 'it is unread', (one) => one.marked_unread);
      await into(ana);
      await becomes('ana', 'it is read', (one) => !one.marked_unread);
      await act(ana, 'archive');
      await left(ana);
      await becomes('ana', 'it is archived', (one) => one.archived);
      await into(ana, 'archived');
      await act(ana, 'unarchive');
      await becomes('ana', 'it is not archived', (one) => !one.archived);
    });

    await check(`${look}: details, find, link, text and contact`, async () => {
      await into(ana);
      const details = phone ? ana.at('info-page') : ana.page.getByLabel('Details', { exact: true }).and(ana.page.locator('aside'));
      const before = await details.count();
      await act(ana, 'details');
      await until('the details', async () => (await details.count()) !== before);
      await fits(ana);
      if (phone) await ana.press('Escape');
      await act(ana, 'find');
      await ana.at('find').getByRole('searchbox').fill('five');
      await ana.press('Escape');
      // A browser that plays a telephone keeps no downloads: there it is looked at what was asked for.
      const kept = phone
        ? ana.page.waitForResponse((answer) => answer.url().includes('/transcript') && answer.ok())
        : ana.page.waitForEvent('download');
      const [download] = await Promise.all([kept, act(ana, 'download')]);
      if (!phone) assert.match(download.suggestedFilename(), /\.txt$/);
      await act(ana, 'add-to-contacts');
      await ana.at('add-name').fill(`Lena ${look}`);
      await ana.at('add-confirm').click();
      await becomes('ana', 'she has a name', (one) => one.contact_name === `Lena ${look}`);
      await act(ana, 'contact');
      await until('her page', () => ana.page.url().includes('#/contacts/'));
      await fits(ana);
    });

    await check(`${look}: handed over and taken back, handed over again, taken over by a supervisor`, async () => {
      await into(ana);
      for (const back of [true, false]) {
        await act(ana, 'transfer');
        await ana.at('transfer-target', { hasText: 'Tom Reed' }).click();
        await ana.at('transfer-confirm').click();
        await becomes('tom', 'Tom has it', (one) => one.owner_name === 'Tom Reed');
        if (!back) break;
        await ana.at('toast').getByRole('button', { name: 'Undo' }).click();
        await becomes('ana', 'she has it again', (one) => one.owner_name === 'Ana Lopez');
        await into(ana);
      }
      await into(tom);
      await tom.say('It is Tom now');
      await tom.becomes('It is Tom now', ['sent', 'delivered']);
      await into(nina);
      await nina.bubble('It is Tom now').waitFor();
      await nina.at('take-over').click();
      await becomes('nina', 'the supervisor has it', (one) => one.owner_name === 'Nina Brandt');
      await tom.at('taken').waitFor();
      await fits(nina);
    });

    await check(`${look}: ended, brought back, ended, and removed from the lists`, async () => {
      await act(nina, 'end');
      await nina.at('end-confirm').click();
      await becomes('nina', 'it ended', (one) => one.status === 'closed');
      await nina.at('toast').getByRole('button', { name: 'Undo' }).click();
      await becomes('nina', 'it is open again', (one) => one.status === 'open');
      await into(nina);
      await act(nina, 'end');
      await nina.at('end-confirm').click();
      await becomes('nina', 'it ended', (one) => one.status === 'closed');
      await into(nina, 'archived');
      await act(nina, 'remove');
      await nina.at('remove-confirm').click();
      // The page goes on to the list once the desk has answered it, later than others are told.
      await left(nina);
      await until('it left the list', async () => {
        const { sessions } = await people.nina.api.get('/sessions?folder=archived');
        return !sessions.some((one) => one.id === id);
      });
    });

    await check(`${look}: no barriers`, async () => {
      await into(nina, 'archived');
      assert.deepEqual(await nina.barriers(), []);
      await nina.picture(`operations-${look}`);
    });
    for (const one of [ana, tom, nina]) await one.leave();
  }

  await fourWays({ check, desk, member, channel, ana: people.ana });
}

/** Menu of the row, menu of the thread, palette and key lead to the same. */
async function fourWays({ check, desk, member, channel, ana: person }) {
  const customers = ['+12025550151', '+12025550152'];
  for (const customer of customers) {
    await desk.text(channel, customer, 'Hello');
    const { id } = await desk.session(customer);
    await person.api.post(`/sessions/${id}/pick-up`);
  }
  const ana = await member(desk, person.api, { name: 'ana' });
  const { page } = ana;
  const name = (at) => (at === 0 ? '555 0151' : '555 0152');
  const back = async () => {
    await page.keyboard.press('Escape');
    await ana.go('inbox/mine');
    await ana.row(name(0)).click();
    await ana.at('thread-name', { hasText: name(0) }).waitFor();
    await ana.at('thread').focus();
  };
  const ids = (scope) => scope.locator('[data-testid^=menu-]').evaluateAll((all) => all.map((one) => one.dataset.testid.slice('menu-'.length)));

  await check('every operation stands in the menu of the row, in the thread and in the palette', async () => {
    await back();
    await ana.row(name(0)).click({ button: 'right' });
    const row = await ids(ana.at('context-menu'));
    await page.keyboard.press('Escape');
    await ana.at('thread-more').click();
    const thread = [...(await ids(page.locator('[role=menu]'))), ...Object.keys(BUTTONS), 'call'];
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    const palette = await page.locator('[id^=hit-do-]').evaluateAll((all) => all.map((one) => one.id.slice('hit-do-'.length)));
    await page.keyboard.press('Escape');
    for (const verb of Object.keys(OWN)) {
      // Whether it is read by now is a matter of a second.
      for (const all of [row, thread, palette]) if (verb === 'unread' && all.includes('read')) all.push('unread');
      assert.ok(row.includes(verb), `${verb} is in the menu of the row: ${row}`);
      assert.ok(thread.includes(verb), `${verb} is in the thread: ${thread}`);
      assert.ok(palette.includes(verb), `${verb} is in the palette: ${palette}`);
    }
  });

  /** What is to be seen once it was done; and how the page is left as it was. */
  const EFFECTS = {
    reply: () => until('the box has the focus', () => page.evaluate(() => document.activeElement?.dataset.testid === 'composer-text')),
    note: () => until('a note', async () => (await ana.at('tab-note').getAttribute('aria-selected')) === 'true' && page.evaluate(() => document.activeElement?.dataset.testid === 'composer-text')),
    label: () => ana.at('tag-search').waitFor(),
    'add-to-contacts': () => ana.at('add-name').waitFor(),
    contact: () => until('the contact', () => page.url().includes('#/contacts/')),
    find: () => ana.at('find').waitFor(),
  };
  const WAYS = {
    'the menu of the row': async (verb) => {
      await ana.row(name(0)).click({ button: 'right' });
      await ana.at('context-menu').getByTestId(`menu-${verb}`).click();
    },
    'the menu of the thread': async (verb) => {
      await ana.at('thread-more').click();
      await ana.at(`menu-${verb}`).click();
    },
    'the palette': async (verb) => {
      await page.keyboard.press('Control+k');
      await page.locator(`#hit-do-${verb}`).click();
    },
    'its key': (verb) => page.keyboard.press(OWN[verb]),
  };
  for (const [verb, effect] of Object.entries(EFFECTS)) {
    await check(`${verb}: four ways`, async () => {
      for (const [way, go] of Object.entries(WAYS)) {
        await back();
        await go(verb);
        await effect().catch((error) => assert.fail(`by ${way}: ${error.message}`));
      }
    });
  }

  await check('from the menu of another row that session comes first', async () => {
    await back();
    await ana.row(name(1)).click({ button: 'right' });
    await ana.at('context-menu').getByTestId('menu-note').click();
    await ana.at('thread-name', { hasText: name(1) }).waitFor();
    await EFFECTS.note();
  });

  await check('every page of the settings and every folder is in the palette', async () => {
    await back();
    await page.keyboard.press('Control+k');
    await ana.at('palette').fill('quick rep');
    await page.locator('#hit-settings-replies').click();
    await until('the page', () => page.url().includes('#/settings/replies'));
  });
}
