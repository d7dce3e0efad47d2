/** Shapes that the core is about to describe; this file goes when `gen/api.ts` has them. */
import type { components } from './gen/api';

type Schemas = components['schemas'];

export type SoonPath =
  | `/channels/${string}/account-numbers`
  | `/channels/${string}/webhook`
  | `/sessions/${string}/lift-opt-out`;

export interface ListedNumber {
  address: string;
  name?: string | null;
  problem?: string | null;
  added: boolean;
}
export interface WebhookSet {
  done: string[];
  left: string[];
}
export interface Failure {
  kind: string;
  code?: string | null;
  text?: string | null;
}
export type RefusalReason =
  'signature' | 'foreign' | 'clock' | 'password' | 'no_password' | 'address' | 'unknown_address';
export type ProxyHeader = 'none' | 'x_forwarded_for' | 'cf_connecting_ip';
export interface OptOut {
  at: number;
  word?: string | null;
  told_by: 'customer' | 'provider';
  told?: string | null;
}
export interface ChannelHealthMore {
  last_refused_why?: string | null;
  refusals?: { why: RefusalReason; count: number }[];
  slowed_to?: number | null;
}
export interface ChannelMore {
  health: Schemas['ChannelHealth'] & ChannelHealthMore;
  stop_text?: string | null;
  help_text?: string | null;
  webhook_user?: string | null;
  allowed_networks?: string[];
  webhook_at_provider?: {
    url: string;
    at: number;
    is_current: boolean;
    missing: string[];
  } | null;
}
export interface ChannelChangeMore {
  stop_text?: string;
  help_text?: string;
  webhook_user?: string;
  allowed_networks?: string[];
}
export type OperationMore =
  | { kind: 'opted_out'; word?: string | null; told_by: 'customer' | 'provider' }
  | { kind: 'opted_in'; word: string }
  | { kind: 'opt_out_lifted'; reason: string };
export interface MessageMore {
  event?: Schemas['Operation'] | OperationMore | null;
  automatic?: boolean;
  others?: string[];
  parts?: { have: number; total?: number | null; missing: number[] } | null;
}
