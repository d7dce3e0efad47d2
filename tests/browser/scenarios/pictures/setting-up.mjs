// What the bicycle shop has set up besides its numbers: labels, views, quick replies, hours,
// fields, notes, and a few things that wait.

import { say } from './shop.mjs';

const DAY = 24 * 60 * 60_000;
const REPLIES = [
  { name: 'Opening hours', shortcut: 'hours', folder: 'Shop', body: 'Hello {{contact.first_name|there}}, we are here Monday to Friday from 9 to 18, Saturday from 10 to 14.' },
  { name: 'Address', shortcut: 'adr', folder: 'Shop', body: 'You find us at 12 Main Street, Northside. Bikes come in through the yard.' },
  { name: 'Ready to pick up', shortcut: 'ready', folder: 'Workshop', body: 'Good news, {{contact.first_name|there}}: order {{ask:Order number}} is ready.', },
  { name: 'Price of a service', shortcut: 'service', folder: 'Workshop', body: 'A full service is 95, for an e-bike 120, parts not included.' },
];

async function labels({ desk, session, sessions }) {
  const made = {};
  for (const [name, colour] of [['E-bike', 'teal'], ['Warranty', 'red'], ['Call back', 'blue'], ['Wholesale', 'purple']]) {
    made[name] = (await desk.admin.post('/labels', { name, colour })).id;
  }
  const put = (one, ...names) => desk.admin.ask('PUT', `/sessions/${one.id}/labels`, { labels: names.map((name) => made[name]) });
  await put(session, 'Warranty', 'Wholesale');
  await put(sessions['Omar Haddad'], 'E-bike', 'Call back');
  await put(sessions['Ines Duarte'], 'E-bike');
  await desk.admin.post('/views', { name: 'Warranty cases', folder: 'recent', filter: { labels: [made.Warranty] }, shared: true });
  await desk.admin.post('/views', { name: 'Unread e-bikes', folder: 'recent', filter: { labels: [made['E-bike']], unread: true } });
}

async function contacts({ desk, session, ana }) {
  const { admin } = desk;
  await admin.post('/contact-fields', { name: 'Bike', kind: 'text' });
  await admin.post('/contact-fields', { name: 'Customer since', kind: 'date' });
  const level = await admin.post('/contact-fields', { name: 'Level', kind: 'choice', choices: ['Gold', 'Silver'] });
  await admin.patch(`/contacts/${session.contact_id}`, { time_zone: 'America/Chicago', language: 'de', values: { [level.id]: 'Gold' } });
  await ana.api.post(`/contacts/${session.contact_id}/notes`, { text: 'Prefers to be called before eleven.' });
  for (const [name, phone, company] of [['Mara Lindqvist', '+12025550101', 'Lindqvist Couriers'], ['Noah Weber', '+12025550102'], ['Zoë Laurent', '+12025550103', 'Café Laurent']]) {
    await admin.post('/contacts', { name, phone, company: company ?? null });
  }
}

async function waiting({ desk, session, sessions, hanna, ana, shop }) {
  const { admin } = desk;
  await say(ana.api, sessions['Grace Kim'], `@${hanna.name} she asked about the spring check, can you write her the date?`, { note: true, mentions: [hanna.id] });
  await admin.post(`/sessions/${sessions['Aiko Mori'].id}/snooze`, { until: Date.now() + 2 * DAY });
  await say(admin, sessions['Paul Novak'], 'Your bike is ready, Paul. See you tomorrow!', { send_at: Date.now() + DAY });
  await desk.conduct({ faults: ['unparsable'] });
  await desk.deliver(shop, '+12025550131', 'garbled');
  await desk.conduct({ receipt_percent: 10 });
  await admin.post('/saved-searches', { name: 'Broken parcels', in: 'messages', search: { q: 'parcel' } });
  await admin.post('/invites', { name: 'Mia Sand', role: 'agent', queues: [] }).catch(() => undefined);
  return session;
}

export async function setUpRest(shop) {
  const { admin } = shop.desk;
  const day = [{ from: '09:00', to: '12:30' }, { from: '13:30', to: '18:00' }];
  const saturday = [{ from: '10:00', to: '14:00' }];
  await admin.ask('PUT', '/hours', { mode: 'weekly', zone: 'America/New_York', days: [day, day, day, day, day, saturday, []], channels: [] });
  await admin.post('/holidays', { name: 'Christmas Day', from: '2099-12-25', to: '2099-12-25', yearly: true, intervals: [] });
  await admin.post('/holidays', { name: 'Stock taking', from: '2099-12-30', to: '2099-12-30', yearly: false, intervals: [{ from: '09:00', to: '12:00' }] });
  await labels(shop);
  await contacts(shop);
  for (const one of REPLIES) await admin.post('/quick-replies', { visible: 'team', ...one });
  await waiting(shop);
  await admin.patch('/me', { presence: 'available' });
  await shop.tom.api.patch('/me', { presence: 'lunch_break' });
  await shop.ana.api.patch('/me', { presence: 'available' });
}
