// Office hours from the settings to the customer's phone, and where people say they are.

import assert from 'node:assert/strict';

import { until } from '../desk.mjs';

const LENA = '+12025550147';
const CALENDAR = [
  'BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'DTSTART;VALUE=DATE:20991225', 'SUMMARY:Christmas Day', 'END:VEVENT',
  'BEGIN:VEVENT', 'DTSTART;VALUE=DATE:20991226', 'SUMMARY:Boxing Day', 'END:VEVENT', 'END:VCALENDAR',
].join('\r\n');

export default async function hours({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  await desk.conduct({ receipt_percent: 10 });
  const front = (await admin.get('/queues'))[0];
  const tom = await desk.person('Tom Reed', 'agent', [front.id]);
  const channel = await desk.twilio({ kind: 'queue', id: front.id });
  const hanna = await member(desk, admin, { name: 'hanna' });
  const agent = await member(desk, tom.api, { name: 'tom' });
  const { page } = hanna;

  await check('weekly hours are typed as people type them, and copied to other days', async () => {
    await hanna.go('settings/hours');
    await hanna.at('hours-now', { hasText: 'Open now' }).waitFor();
    await hanna.turn('hours-weekly');
    await hanna.at('hours-zone').selectOption('America/New_York');
    const monday = hanna.at('day-0');
    await monday.getByTestId('part-from').fill('8');
    await monday.getByTestId('part-to').fill('12.30');
    await monday.getByTestId('part-add').click();
    await monday.getByTestId('part-to').nth(1).fill('6 pm');
    await monday.getByTestId('part-to').nth(1).press('Tab');
    await monday.getByTestId('day-copy').click();
    await hanna.at('menu-copy-all').click();
    await hanna.at('save').click();
    await hanna.at('save-bar').waitFor({ state: 'detached' });
    const saved = await admin.get('/hours');
    const day = [{ from: '08:00', to: '12:30' }, { from: '13:30', to: '18:00' }];
    assert.deepEqual(saved.days, [day, day, day, day, day, day, day]);
    assert.equal(saved.zone, 'America/New_York');
  });

  await check('hours are drawn with the pointer', async () => {
    const track = hanna.at('day-6').getByTestId('day-track');
    const box = await track.boundingBox();
    const at = (hour) => box.x + 1 + ((box.width - 2) * hour) / 24;
    await page.mouse.move(at(20), box.y + 10);
    await page.mouse.down();
    await page.mouse.move(at(22), box.y + 10, { steps: 4 });
    await page.mouse.up();
    await until('a third part', async () => (await hanna.at('day-6').getByTestId('part-from').count()) === 3);
    await hanna.at('save').click();
    await hanna.at('save-bar').waitFor({ state: 'detached' });
    assert.equal((await admin.get('/hours')).days[6].length, 3);
  });

  await check('what does not fit is told at its day', async () => {
    await hanna.at('day-1').getByTestId('part-from').first().fill('14:00');
    await hanna.at('day-1').getByTestId('part-from').first().press('Tab');
    hanna.expect(/status of 422/);
    await hanna.at('save').click();
    await hanna.at('day-1').getByRole('alert').waitFor();
    await hanna.role('button', 'Undo changes').click();
  });

  await check('a holiday is added by hand, and many from a calendar file, which can be undone', async () => {
    await hanna.at('holiday-add').click();
    await hanna.at('holiday-name').fill('Stock taking');
    await hanna.at('holiday-from').fill('2099-12-30');
    await hanna.turn('holiday-half');
    await hanna.at('holiday-save').click();
    await hanna.at('holiday-row', { hasText: 'Stock taking' }).getByText('09:00–12:00').waitFor();
    await hanna.at('holiday-read').click();
    const file = { name: 'holidays.ics', mimeType: 'text/calendar', buffer: Buffer.from(CALENDAR) };
    await hanna.at('holiday-file').setInputFiles(file);
    await hanna.at('holiday-row', { hasText: 'Boxing Day' }).waitFor();
    await hanna.at('toast', { hasText: '2 holidays added' }).getByRole('button', { name: 'Undo' }).click();
    await until('undone', async () => (await hanna.at('holiday-row').count()) === 1);
    await hanna.at('holiday-read').click();
    await hanna.at('holiday-text').fill('2099-12-25 Christmas Day, yearly');
    await hanna.at('holiday-take').click();
    await hanna.at('holiday-row', { hasText: 'every year' }).waitFor();
  });

  await check('the tester says what happens at any moment', async () => {
    await hanna.at('tester-at').fill('2098-12-25T10:00');
    await hanna.at('tester-answer', { hasText: 'Closed' }).waitFor();
    await hanna.at('tester-why', { hasText: 'Because of Christmas Day' }).waitFor();
    await hanna.at('tester-at').fill('2098-12-23T10:00');
    await hanna.at('tester-answer', { hasText: 'Open' }).waitFor();
  });

  await check('the page has no barrier', async () => {
    assert.deepEqual(await hanna.barriers(), []);
    await hanna.picture('hours-light');
  });

  await check('a channel that is never open answers once, and the agent sees it', async () => {
    await hanna.at('channel-hours-add').selectOption(channel.id);
    const row = hanna.at('channel-hours-row');
    await row.getByTestId('channel-hours-mode').selectOption('weekly');
    for (let day = 0; day < 7; day += 1) {
      const drops = row.getByTestId(`day-${day}`).getByTestId('part-drop');
      while ((await drops.count()) > 0) await drops.first().click();
    }
    await hanna.turn(row.getByTestId('closed-answer'));
    await hanna.at('closed-text').fill('Closed. {business}');
    await hanna.at('save').click();
    await hanna.at('save-bar').waitFor({ state: 'detached' });
    await hanna.at('tester-at').fill('');
    await hanna.at('tester-channel').selectOption(channel.id);
    await hanna.at('tester-text', { hasText: 'Closed. Northside Bikes' }).waitFor();
    await desk.text(channel, LENA, 'Are you open?');
    await desk.text(channel, LENA, 'Hello?');
    await agent.row('555 0147').click();
    await agent.bubble('Closed. Northside Bikes').waitFor();
    await agent.becomes('Closed. Northside Bikes', ['sent', 'delivered']);
    assert.equal((await desk.sent()).length, 1);
  });

  await check('presence has a key, an end, and is seen by the others', async () => {
    await agent.press('Escape');
    await agent.press('Control+Shift+D');
    await agent.turn('presence-lunch_break');
    await agent.at('presence-lasts').selectOption('60');
    assert.deepEqual(await agent.barriers(), []);
    await agent.picture('presence');
    await agent.at('presence-set').click();
    await agent.at('presence-dialog').waitFor({ state: 'hidden' });
    await hanna.at('rail-team').click();
    const tom = hanna.at('team-row', { hasText: 'Tom Reed' });
    await tom.getByText(/Lunch break until \d{1,2}:\d\d/).waitFor();
    await hanna.picture('team');
  });

  await check('a supervisor sets a colleague’s presence, and the colleague is told', async () => {
    await hanna.at('team-row', { hasText: 'Tom Reed' }).getByTestId('team-set').selectOption('off_work');
    await agent.at('toast', { hasText: 'Hanna Berg set you to “Off work”' }).waitFor();
    const people = await admin.get('/people');
    assert.equal(people.find((one) => one.name === 'Tom Reed').presence_by, 'Hanna Berg');
  });

  await check('in the dark and on a phone it looks right', async () => {
    const dark = await member(desk, admin, { name: 'dark', scheme: 'dark', viewport: { width: 390, height: 844 }, hasTouch: true });
    await dark.go('settings/hours');
    await dark.at('week').first().waitFor();
    await dark.picture('hours-dark-phone');
    assert.deepEqual(await dark.barriers(), []);
  });
}
