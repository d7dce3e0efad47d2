// What the desk itself answers, in the person's language: a wrong field, a refusal, a guide.

import assert from 'node:assert/strict';

import { SID } from '../desk.mjs';

export default async function languages({ check, desk: open, member }) {
  const desk = await open();
  const admin = await desk.setUp();
  await desk.prefer(admin, { language: 'de' });
  await admin.post('/labels', { name: 'Wholesale', colour: 'green' });
  const hanna = await member(desk, admin, { name: 'hanna' });
  const { page } = hanna;

  await check('the guide of Twilio is German, and names stay as Twilio has them', async () => {
    await hanna.go('settings/channels');
    await hanna.at('channel-add').click();
    await hanna.at('provider-twilio').click();
    await hanna.at('channel-name').fill('Laden');
    await page.getByText('Auf der ersten Seite der Twilio Console').waitFor();
    await page.getByText('Account SID').first().waitFor();
  });

  await check('a wrong field is said in German', async () => {
    await hanna.at('field-account_sid').fill('AC123');
    await hanna.at('field-auth_token').fill('0123456789abcdef0123456789abcdef');
    hanna.expect(/status of 422/);
    await hanna.at('wizard-next').click();
    await page.getByText('Die Account SID besteht aus AC und 32 weiteren Zeichen').first().waitFor();
    await hanna.at('field-account_sid').fill(SID);
  });

  await check('so is a refusal, whatever the API says', async () => {
    const label = { name: 'Wholesale', colour: 'green' };
    const answer = await admin.post('/labels', label).then(() => null, (error) => String(error));
    assert.match(answer ?? '', /label/i);
    await hanna.go('settings/labels');
    hanna.expect(/status of 4\d\d/);
    await hanna.at('label-add').click();
    await hanna.at('label-name').fill('Wholesale');
    await hanna.at('label-save').click();
    await page.getByText('Ein Label mit diesem Namen gibt es schon').first().waitFor();
  });
}
