/** The workspace API, one function per request. Shapes only; no state, no words. */
import { call, send, upload, withQuery, type Lasting, type Query } from './client';
import type {
  BulkAnswer,
  BulkOperation,
  AlertKind,
  Alerts,
  Channel,
  ChannelChange,
  ChannelHealth,
  Contact,
  ContactChange,
  ContactCounts,
  ContactField,
  ContactFieldChange,
  ContactFileKind,
  ContactFiles,
  ContactImport,
  SharedPart,
  Timeline,
  ContactNote,
  ContactPage,
  ContactShow,
  ContactSort,
  Delivery,
  Demo,
  DemoFaults,
  Description,
  Desk,
  Device,
  Draft,
  DraftInput,
  Folder,
  FolderCounts,
  KeptDraft,
  Invite,
  InviteInput,
  InviteLook,
  Joining,
  Label,
  LabelColour,
  Imported,
  IdentityChange,
  ListedNumber,
  Me,
  MeChange,
  Message,
  MessagePage,
  NewContact,
  NewContactField,
  NewIdentity,
  NewInvite,
  NewMessage,
  NewSavedSearch,
  NewPush,
  NewSession,
  NewUser,
  NewView,
  OptOutWish,
  Person,
  PhoneCheck,
  Qr,
  PushKey,
  PushState,
  Queue,
  QueueChange,
  QueueInput,
  SavedSearch,
  SearchCounts,
  SearchIn,
  SearchPage,
  SearchTerms,
  QuickReply,
  QuickReplyEntry,
  ScheduledChange,
  Session,
  SessionDrafts,
  SessionPage,
  Settings,
  SettingsChange,
  Setup,
  SignedIn,
  StartedSession,
  StoredFile,
  Target,
  User,
  UserChange,
  View,
  ViewChange,
  WebhookSet,
  ImportDraft,
  ImportPlan,
  ImportProblems,
  ImportWish,
} from './types';

export const desk = {
  get: () => call<Desk>('GET', '/desk'),
  setup: (setup: Setup) => call<SignedIn>('POST', '/desk/setup', setup),
  signIn: (login: string, password: string, device_name: string) =>
    call<SignedIn>('POST', '/sign-in', { login, password, device_name }),
  signInBy: (token: string, device_name: string) =>
    call<SignedIn>('POST', '/sign-in/link', { token, device_name }),
  signOut: () => call<void>('POST', '/sign-out'),
};

export const invites = {
  list: () => call<Invite[]>('GET', '/invites'),
  add: (wish: InviteInput) => call<NewInvite>('POST', '/invites', wish),
  remove: (id: string) => call<void>('DELETE', `/invites/${id}`),
  look: (token: string) => call<InviteLook>('POST', '/invites/look', { token }),
  join: (joining: Joining) => call<SignedIn>('POST', '/join', joining),
};

export const qr = {
  draw: (text: string) => call<Qr>('POST', '/qr', { text }),
};

export const me = {
  get: () => call<Me>('GET', '/me'),
  change: (change: MeChange) => call<Me>('PATCH', '/me', change),
  devices: () => call<Device[]>('GET', '/me/devices'),
  dropDevice: (id: string) => call<void>('DELETE', `/me/devices/${id}`),
};

export const alerts = {
  get: () => call<Alerts>('GET', '/me/alerts'),
  change: (alerts: Alerts) => call<Alerts>('PUT', '/me/alerts', alerts),
};

export const push = {
  key: () => call<PushKey>('GET', '/push/key'),
  state: () => call<PushState>('GET', '/me/push'),
  subscribe: (push: NewPush) => call<PushState>('POST', '/me/push', push),
  unsubscribe: () => call<void>('DELETE', '/me/push'),
  test: (kind: AlertKind) => call<void>('POST', '/me/push/test', { kind }),
};

export const people = { list: () => call<Person[]>('GET', '/people') };

export const users = {
  list: () => call<User[]>('GET', '/users'),
  add: (user: NewUser) => call<User>('POST', '/users', user),
  change: (id: string, change: UserChange) => call<User>('PATCH', `/users/${id}`, change),
  remove: (id: string) => call<void>('DELETE', `/users/${id}`),
  devices: (id: string) => call<Device[]>('GET', `/users/${id}/devices`),
  dropDevice: (id: string, device: string) =>
    call<void>('DELETE', `/users/${id}/devices/${device}`),
};

export const queues = {
  list: () => call<Queue[]>('GET', '/queues'),
  add: (queue: QueueInput) => call<Queue>('POST', '/queues', queue),
  change: (id: string, change: QueueChange) => call<Queue>('PATCH', `/queues/${id}`, change),
  remove: (id: string) => call<void>('DELETE', `/queues/${id}`),
};

export type Span = { from?: number; to?: number };

export const channels = {
  providers: () => call<Description[]>('GET', '/providers'),
  list: (span: Span = {}) => call<Channel[]>('GET', withQuery('/channels', span)),
  get: (id: string, span: Span = {}) => call<Channel>('GET', withQuery(`/channels/${id}`, span)),
  draft: (provider: string) => call<Channel>('POST', '/channels', { provider }),
  change: (id: string, change: ChannelChange) => call<Channel>('PATCH', `/channels/${id}`, change),
  remove: (id: string, end_sessions: boolean) =>
    call<void>('DELETE', withQuery(`/channels/${id}`, end_sessions ? { end_sessions } : {})),
  check: (id: string) => call<ChannelHealth>('POST', `/channels/${id}/check`),
  numbers: (id: string) => call<ListedNumber[]>('GET', `/channels/${id}/account-numbers`),
  setWebhook: (id: string) => call<WebhookSet>('POST', `/channels/${id}/webhook`),
};

export type SessionQuery = Query & { folder: Folder; cursor?: string | null; limit?: number };
export type SessionVerb =
  | 'pick-up'
  | 'end'
  | 'archive'
  | 'unarchive'
  | 'take-over'
  | 'wake'
  | 'mute'
  | 'unmute'
  | 'unread'
  | 'undo';

export const sessions = {
  list: (query: SessionQuery) => call<SessionPage>('GET', withQuery('/sessions', query)),
  counts: () => call<FolderCounts>('GET', '/sessions/counts'),
  get: (id: string) => call<Session>('GET', `/sessions/${id}`),
  start: (session: NewSession) =>
    call<StartedSession>('POST', '/sessions', session, 'with its line'),
  act: (id: string, verb: SessionVerb) => call<Session>('POST', `/sessions/${id}/${verb}`),
  remove: (id: string) => call<Session>('POST', `/sessions/${id}/remove`),
  liftOptOut: (id: string, reason: string) =>
    call<Session>('POST', `/sessions/${id}/lift-opt-out`, { reason }),
  transfer: (id: string, to: Target, note: string) =>
    call<void>('POST', `/sessions/${id}/transfer`, note ? { to, note } : { to }),
  snooze: (id: string, until: number | null) =>
    call<Session>('POST', `/sessions/${id}/snooze`, { until }),
  many: (ids: string[], operation: BulkOperation) =>
    call<BulkAnswer>('POST', '/sessions/bulk', { ids, operation }),
  ask: (id: string, text: string) => call<void>('POST', `/sessions/${id}/ask`, { text }),
  transcript: async (id: string, zone: string) =>
    (await send('GET', withQuery(`/sessions/${id}/transcript`, { zone }))).blob(),
  read: (id: string, seq: number) => call<void>('POST', `/sessions/${id}/read`, { seq }),
  timeline: (id: string, query: { before?: number; limit?: number }) =>
    call<Timeline>('GET', withQuery(`/sessions/${id}/timeline`, query)),
  shared: (id: string, query: { before?: number; limit?: number }) =>
    call<SharedPart>('GET', withQuery(`/sessions/${id}/shared`, query)),
  earlier: (id: string) => call<Session[]>('GET', `/sessions/${id}/earlier`),
  label: (id: string, labels: string[]) =>
    call<Session>('PUT', `/sessions/${id}/labels`, { labels }),
};

export const labels = {
  list: () => call<Label[]>('GET', '/labels'),
  add: (label: { name: string; colour: LabelColour }) => call<Label>('POST', '/labels', label),
  change: (id: string, change: { name?: string; colour?: LabelColour }) =>
    call<Label>('PATCH', `/labels/${id}`, change),
  remove: (id: string) => call<void>('DELETE', `/labels/${id}`),
  merge: (id: string, into: string) => call<Label>('POST', `/labels/${id}/merge`, { into }),
};

export const views = {
  list: () => call<View[]>('GET', '/views'),
  add: (view: NewView) => call<View>('POST', '/views', view),
  change: (id: string, change: ViewChange) => call<View>('PATCH', `/views/${id}`, change),
  remove: (id: string) => call<void>('DELETE', `/views/${id}`),
  order: (views: string[]) => call<View[]>('PUT', '/views/order', { views }),
};

export const messages = {
  list: (
    session: string,
    query: { before?: number; after?: number; around?: number; limit?: number },
  ) => call<MessagePage>('GET', withQuery(`/sessions/${session}/messages`, query)),
  send: (session: string, message: NewMessage) =>
    call<Message>('POST', `/sessions/${session}/messages`, message, 'with its line'),
  get: (id: string) => call<Message>('GET', `/messages/${id}`),
  retry: (id: string) => call<Message>('POST', `/messages/${id}/retry`),
  resolve: (id: string, arrived: boolean) =>
    call<Message>('POST', `/messages/${id}/resolve`, { arrived }),
  cancel: (id: string) => call<Message>('POST', `/messages/${id}/cancel`),
  scheduled: (session: string) => call<Message[]>('GET', `/sessions/${session}/scheduled`),
  change: (id: string, change: ScheduledChange) =>
    call<Message>('PATCH', `/messages/${id}`, change),
  sendNow: (id: string) => call<Message>('POST', `/messages/${id}/send-now`),
};

export const quickReplies = {
  list: () => call<QuickReply[]>('GET', '/quick-replies'),
  add: (entry: QuickReplyEntry) => call<QuickReply>('POST', '/quick-replies', entry),
  replace: (id: string, entry: QuickReplyEntry) =>
    call<QuickReply>('PUT', `/quick-replies/${id}`, entry),
  remove: (id: string) => call<void>('DELETE', `/quick-replies/${id}`),
  use: (id: string) => call<void>('POST', `/quick-replies/${id}/use`),
  bringIn: (replies: QuickReplyEntry[], existing: 'keep' | 'replace') =>
    call<Imported>('POST', '/quick-replies/import', { replies, existing }),
};

export const drafts = {
  mine: () => call<Draft[]>('GET', '/drafts'),
  of: (session: string) => call<SessionDrafts>('GET', `/sessions/${session}/drafts`),
  keep: (session: string, draft: DraftInput, lasting: Lasting = 'with its line') =>
    call<KeptDraft>('PUT', `/sessions/${session}/draft`, draft, lasting),
};

export type ContactQuery = Query & {
  q?: string;
  show?: ContactShow;
  sort?: ContactSort;
  cursor?: string | null;
};

export const contacts = {
  list: (query: ContactQuery) => call<ContactPage>('GET', withQuery('/contacts', query)),
  counts: () => call<ContactCounts>('GET', '/contacts/counts'),
  add: (contact: NewContact) => call<Contact>('POST', '/contacts', contact),
  get: (id: string) => call<Contact>('GET', `/contacts/${id}`),
  change: (id: string, change: ContactChange) => call<Contact>('PATCH', `/contacts/${id}`, change),
  remove: (id: string) => call<void>('DELETE', `/contacts/${id}`),
  block: (id: string, reason: string) =>
    call<Contact>('POST', `/contacts/${id}/block`, reason ? { reason } : {}),
  unblock: (id: string) => call<Contact>('POST', `/contacts/${id}/unblock`),
  sessions: (id: string) => call<Session[]>('GET', `/contacts/${id}/sessions`),
  files: (id: string) => call<ContactFiles>('GET', `/contacts/${id}/files`),
  notes: (id: string, before?: string) =>
    call<ContactNote[]>('GET', withQuery(`/contacts/${id}/notes`, { before })),
  addNote: (id: string, text: string) =>
    call<ContactNote>('POST', `/contacts/${id}/notes`, { text }),
  changeNote: (id: string, note: string, text: string) =>
    call<ContactNote>('PATCH', `/contacts/${id}/notes/${note}`, { text }),
  dropNote: (id: string, note: string) => call<void>('DELETE', `/contacts/${id}/notes/${note}`),
  addAddress: (id: string, address: NewIdentity) =>
    call<Contact>('POST', `/contacts/${id}/identities`, address),
  changeAddress: (id: string, identity: string, change: IdentityChange) =>
    call<Contact>('PATCH', `/contacts/${id}/identities/${identity}`, change),
  dropNumber: (id: string, identity: string) =>
    call<void>('DELETE', `/contacts/${id}/identities/${identity}`),
  label: (id: string, labels: string[]) =>
    call<Contact>('PUT', `/contacts/${id}/labels`, { labels }),
  optOut: (id: string, wish: OptOutWish) => call<Contact>('POST', `/contacts/${id}/opt-out`, wish),
  liftOptOut: (id: string, wish: OptOutWish) =>
    call<Contact>('POST', `/contacts/${id}/lift-opt-out`, wish),
};

export const contactFiles = {
  read: (file: File, progress: (part: number) => void, signal: AbortSignal) =>
    upload<ImportDraft>(
      withQuery('/contact-imports', { name: file.name.slice(-200) || 'contacts' }),
      file,
      progress,
      signal,
    ),
  newest: () => call<ContactImport[]>('GET', '/contact-imports'),
  get: (id: string) => call<ContactImport>('GET', `/contact-imports/${id}`),
  check: (id: string, wish: ImportWish) =>
    call<ImportPlan>('POST', `/contact-imports/${id}/check`, wish),
  problems: (id: string, wish: ImportWish) =>
    call<ImportProblems>('POST', `/contact-imports/${id}/problems`, wish),
  start: (id: string, wish: ImportWish) =>
    call<ContactImport>('POST', `/contact-imports/${id}/start`, wish),
  undo: (id: string) => call<ContactImport>('POST', `/contact-imports/${id}/undo`),
  write: async (format: ContactFileKind, query: ContactQuery) =>
    (await send('GET', withQuery('/contacts/export', { ...query, format }))).blob(),
};

export const contactFields = {
  list: () => call<ContactField[]>('GET', '/contact-fields'),
  add: (field: NewContactField) => call<ContactField>('POST', '/contact-fields', field),
  change: (id: string, change: ContactFieldChange) =>
    call<ContactField>('PATCH', `/contact-fields/${id}`, change),
  remove: (id: string) => call<void>('DELETE', `/contact-fields/${id}`),
};

export const files = {
  upload: (file: File, progress: (part: number) => void, signal: AbortSignal) =>
    upload<StoredFile>(withQuery('/files', { name: file.name }), file, progress, signal),
  get: (id: string) => call<StoredFile>('GET', `/files/${id}`),
  fetch: (id: string) => call<StoredFile>('POST', `/files/${id}/fetch`),
  content: async (id: string) => (await send('GET', `/files/${id}/content`)).blob(),
};

export const search = {
  find: (terms: SearchTerms, within: SearchIn, cursor: string | null, limit: number) =>
    call<SearchPage>(
      'GET',
      withQuery('/search', { ...narrowed(terms), in: within, cursor, limit }),
    ),
  counts: (terms: SearchTerms) =>
    call<SearchCounts>('GET', withQuery('/search/counts', narrowed(terms))),
  saved: () => call<SavedSearch[]>('GET', '/saved-searches'),
  save: (search: NewSavedSearch) => call<SavedSearch>('POST', '/saved-searches', search),
  forget: (id: string) => call<void>('DELETE', `/saved-searches/${id}`),
};

/** What is not asked for is left out. */
function narrowed(terms: SearchTerms): Query {
  return { ...terms, has_file: terms.has_file || null };
}

export const deliveries = {
  unreadable: () => call<Delivery[]>('GET', withQuery('/deliveries', { outcome: 'unreadable' })),
  get: (id: string) => call<Delivery>('GET', `/deliveries/${id}`),
  replay: (id: string) => call<Delivery>('POST', `/deliveries/${id}/replay`),
  dismiss: (id: string) => call<Delivery>('POST', `/deliveries/${id}/dismiss`),
};

export const settings = {
  get: () => call<Settings>('GET', '/settings'),
  change: (change: Partial<SettingsChange>) => call<Settings>('PATCH', '/settings', change),
};

export const phone = {
  check: (number: string, country?: string | null) =>
    call<PhoneCheck>('GET', withQuery('/phone', { number, country })),
};

export const demo = {
  get: (persona?: string) => call<Demo>('GET', withQuery('/demo', { persona })),
  say: (line: { persona: string; text?: string; photo?: boolean }) =>
    call<void>('POST', '/demo/messages', line),
  faults: (change: Partial<DemoFaults>) => call<DemoFaults>('PATCH', '/demo/faults', change),
  remove: () => call<void>('DELETE', '/demo'),
  add: () => call<void>('POST', '/demo'),
};
