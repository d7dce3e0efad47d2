/** Wire types under their short names. Everything comes from the generated file. */
import type { components } from './gen/api';

type Schemas = components['schemas'];

export type Channel = Schemas['Channel'];
export type ChannelChange = Schemas['ChannelChange'];
export type ChannelHealth = Schemas['ChannelHealth'];
export type NumberInput = Schemas['NumberInput'];
export type SenderNumber = Schemas['Number'];
export type Destination = Schemas['Destination'];
export type Contact = Schemas['Contact'];
export type Delivery = Schemas['Delivery'];
export type StoredFile = Schemas['File'];
export type Message = Schemas['Message'];
export type MessageState = Schemas['MessageState'];
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
export type Limits = Schemas['Limits'];
export type Description = Schemas['Description'];
