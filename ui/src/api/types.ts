/** Wire types under their short names. Everything comes from the generated file. */
import type { components } from './gen/api';

type Schemas = components['schemas'];

export type Channel = Schemas['Channel'];
export type ChannelChange = Schemas['ChannelChange'];
export type ChannelHealth = Schemas['ChannelHealth'];
export type ListedNumber = Schemas['ListedNumber'] & {
  /** Another channel that has it. */
  in_channel?: string | null;
};
export type WebhookSet = Schemas['WebhookSet'];
/** A provider's own code and words. */
export type Said = Pick<Schemas['Failure'], 'code' | 'text'>;
export type OptOut = Schemas['OptOut'];
export type ProxyHeader = Schemas['ProxyHeader'];
export type NumberInput = Schemas['NumberInput'];
export type SenderNumber = Schemas['Number'];
export type Destination = Schemas['Destination'];
export type Contact = Schemas['Contact'];
export type Delivery = Schemas['Delivery'];
export type StoredFile = Schemas['File'];
export type Message = Schemas['Message'];
export type MessageState = Schemas['MessageState'];
export type NewIdentity = Schemas['NewIdentity'];
export type NewMessage = Schemas['NewMessage'];
export type Operation = Schemas['Operation'];
export type PickUpMode = Schemas['PickUpMode'];
export type Queue = Schemas['Queue'];
export type Folder = Schemas['Folder'];
export type Session = Schemas['Session'];
export type SessionPage = Schemas['SessionPage'];
export type FolderCounts = Schemas['FolderCounts'];
export type NewSession = Schemas['NewSession'];
export type Settings = Schemas['Settings'];
export type SettingsChange = Schemas['SettingsChange'];
export type Desk = Schemas['Desk'];
export type Setup = Schemas['Setup'];
export type Role = Schemas['Role'];
export type Presence = Schemas['Presence'];
export type User = Schemas['User'];
export type Person = Schemas['Person'];
export type Device = Schemas['Device'];
export type Me = Schemas['Me'];
export type SignedIn = Schemas['SignedIn'];
export type Field = Schemas['Field'];
export type PartSizes = Schemas['PartSizes'];
export type Limits = Schemas['Limits'];
export type Description = Schemas['Description'];
export type ContactChange = Schemas['ContactChange'];
export type ContactPage = Schemas['ContactPage'];
export type Demo = Schemas['Demo'];
export type DemoFaults = Schemas['DemoFaults'];
export type Persona = Schemas['DemoPersona'];
export type MeChange = Schemas['MeChange'];
export type MessagePage = Schemas['Thread'];
export type NewUser = Schemas['NewUser'];
export type UserChange = Schemas['UserChange'];
export type QueueInput = Schemas['NewQueue'];
export type QueueChange = Schemas['QueueChange'];
export type PhoneCheck = Schemas['PhoneCheck'];
export type StartedSession = Schemas['StartedSession'];
export type Target = Schemas['Destination'];
export type Problem = Schemas['Problem'];
export type DeskEvent = Schemas['Event'];
export type EventFrame = Schemas['EventFrame'];
