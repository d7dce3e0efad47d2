/**
 * The shapes of the workspace API. `npm run gen` replaces this file with what
 * openapi-typescript makes of docs/openapi.json; the names are the same.
 */
export interface components {
  schemas: {
    ChannelState: 'draft' | 'active' | 'disabled';
    NumberKind: 'e164' | 'sender_id';
    HealthState: 'connected' | 'unauthorized' | 'service_unavailable' | 'unknown' | 'request_failed';
    Channel: {
      id: string;
      provider: string;
      name: string;
      state: components['schemas']['ChannelState'];
      values: { [key: string]: string };
      secrets_set: string[];
      base_url?: string | null;
      rate: number;
      auto_close_days?: number | null;
      file_text?: string | null;
      webhook_path: string;
      webhook_url?: string | null;
      numbers: components['schemas']['Number'][];
      health: components['schemas']['ChannelHealth'];
      figures: components['schemas']['Figures'];
      created_at: number;
    };
    ChannelHealth: {
      state?: null | components['schemas']['HealthState'];
      words: string;
      detail?: string | null;
      checked_at?: number | null;
      last_inbound_at?: number | null;
      last_outbound_at?: number | null;
    };
    Figures: { sent: number; received: number; failed: number; total: number };
    Number: {
      id: string;
      address: string;
      kind: components['schemas']['NumberKind'];
      destination: components['schemas']['Destination'];
      starters: string[];
    };
    Destination: { id: string; kind: 'user' } | { id: string; kind: 'queue' };
    NumberInput: {
      id?: string | null;
      address: string;
      destination: components['schemas']['Destination'];
      starters?: string[];
    };
    ChannelChange: {
      name?: string | null;
      values?: { [key: string]: string } | null;
      secrets?: { [key: string]: string } | null;
      base_url?: string | null;
      rate?: number | null;
      auto_close_days?: number | null;
      file_text?: string | null;
      numbers?: components['schemas']['NumberInput'][] | null;
      state?: null | components['schemas']['ChannelState'];
    };
    IdentityKind: 'phone' | 'demo';
    Contact: {
      id: string;
      name: string;
      company: string;
      email: string;
      remarks: string;
      identities: components['schemas']['Identity'][];
      created_at: number;
    };
    Identity: { id: string; kind: components['schemas']['IdentityKind']; address: string };
    DeliveryOutcome: 'stored' | 'unreadable' | 'dismissed';
    Delivery: {
      id: string;
      channel_id: string;
      channel_name: string;
      received_at: number;
      content_type: string;
      body?: string | null;
      size: number;
      outcome: components['schemas']['DeliveryOutcome'];
      error?: string | null;
      replayed_at?: number | null;
    };
    FileState: 'pending' | 'stored' | 'failed';
    File: {
      id: string;
      name: string;
      content_type: string;
      size: number;
      state: components['schemas']['FileState'];
      error?: string | null;
    };
    MessageKind: 'message' | 'note' | 'event';
    Direction: 'in' | 'out' | 'none';
    MessageState:
      | 'received'
      | 'queued'
      | 'sending'
      | 'sent'
      | 'delivered'
      | 'read'
      | 'failed'
      | 'uncertain'
      | 'cancelled';
    Message: {
      id: string;
      session_id: string;
      seq: number;
      kind: components['schemas']['MessageKind'];
      direction: components['schemas']['Direction'];
      author_id?: string | null;
      author_name?: string | null;
      text: string;
      files: components['schemas']['File'][];
      state: components['schemas']['MessageState'];
      error?: null | components['schemas']['MessageError'];
      attempts: number;
      due_at?: number | null;
      client_key?: string | null;
      event?: null | components['schemas']['Operation'];
      at: number;
      updated_at: number;
    };
    ErrorKind: string;
    MessageError: {
      kind: components['schemas']['ErrorKind'];
      prompt: string;
      code?: string | null;
      text?: string | null;
    };
    ClosedBy: 'agent' | 'silence' | 'administrator';
    Operation:
      | { at: string; kind: 'opened' }
      | { kind: 'started' }
      | { from?: string | null; kind: 'picked_up' }
      | { from?: string | null; to: string; kind: 'transferred' }
      | { from?: string | null; kind: 'taken_over' }
      | { kind: 'archived' }
      | { kind: 'unarchived' }
      | { by: components['schemas']['ClosedBy']; kind: 'ended' }
      | { kind: 'viewed' }
      | { arrived: boolean; kind: 'resolved' }
      | { kind: 'removed' };
    NewMessage: { client_key: string; text?: string; file_ids?: string[]; note?: boolean };
    PickUpMode: 'manual' | 'auto' | 'none';
    Queue: {
      id: string;
      name: string;
      mode: components['schemas']['PickUpMode'];
      agents: string[];
      used_by: string[];
      created_at: number;
    };
    SessionStatus: 'open' | 'closed';
    Folder: 'recent' | 'mine' | 'unowned' | 'archived' | 'all' | 'attention';
    Permits: {
      answer: boolean;
      note: boolean;
      pick_up: boolean;
      transfer: boolean;
      take_over: boolean;
      end: boolean;
    };
    Session: {
      id: string;
      status: components['schemas']['SessionStatus'];
      channel_id: string;
      channel_name: string;
      provider: string;
      number_id: string;
      number: string;
      contact_id: string;
      contact_name: string;
      identity_id: string;
      address: string;
      owner_id?: string | null;
      owner_name?: string | null;
      queue_id?: string | null;
      queue_name?: string | null;
      queue_mode?: null | components['schemas']['PickUpMode'];
      started_by?: string | null;
      opened_at: number;
      last_message_at: number;
      waiting_since?: number | null;
      closes_at?: number | null;
      closed_at?: number | null;
      closed_by?: null | components['schemas']['ClosedBy'];
      preview: string;
      preview_direction: components['schemas']['Direction'];
      preview_author?: string | null;
      messages_in: number;
      messages_out: number;
      failed: number;
      unread: number;
      archived: boolean;
      permits: components['schemas']['Permits'];
    };
    SessionPage: {
      sessions: components['schemas']['Session'][];
      next?: string | null;
      event_seq: number;
    };
    FolderCounts: {
      recent: number;
      mine: number;
      unowned: number;
      unowned_since?: number | null;
      attention: number;
      unread: number;
    };
    NewSession: {
      number_id: string;
      to: string;
      country?: string | null;
      client_key: string;
      text?: string;
      file_ids?: string[];
    };
    Settings: {
      business_name: string;
      public_url?: string | null;
      country: string;
      workspace_address: string;
      public_address: string;
      data_dir: string;
    };
    SettingsChange: {
      business_name?: string | null;
      public_url?: string | null;
      country?: string | null;
    };
    Desk: {
      business_name: string;
      needs_setup: boolean;
      version: string;
      read_only?: string | null;
      damaged?: string | null;
    };
    Setup: {
      business_name: string;
      name: string;
      login: string;
      password: string;
      country?: string | null;
      device_name?: string | null;
      examples?: boolean;
    };
    Role: 'administrator' | 'supervisor' | 'agent';
    Presence:
      | 'available'
      | 'away'
      | 'business_trip'
      | 'do_not_disturb'
      | 'lunch_break'
      | 'off_work';
    User: {
      id: string;
      login: string;
      name: string;
      role: components['schemas']['Role'];
      presence: components['schemas']['Presence'];
      disabled: boolean;
      locked_until?: number | null;
      queues: string[];
      created_at: number;
    };
    Person: {
      id: string;
      name: string;
      role: components['schemas']['Role'];
      presence: components['schemas']['Presence'];
    };
    Device: { id: string; name: string; created_at: number; last_seen_at: number; current: boolean };
    Me: {
      user: components['schemas']['User'];
      may_administer: boolean;
      may_supervise: boolean;
      startable: components['schemas']['StartableNumber'][];
      preferences: Record<string, unknown>;
    };
    StartableNumber: { id: string; address: string; channel_name: string; provider: string };
    SignedIn: { token: string; me: components['schemas']['Me'] };
    Medium: 'sms' | 'demo';
    FieldKind: 'text' | 'url' | 'secret';
    Field: {
      name: string;
      label: string;
      hint: string;
      kind: components['schemas']['FieldKind'];
      required: boolean;
      pattern: string;
      placeholder: string;
    };
    Limits: {
      text_chars: number;
      files: number;
      file_bytes: number;
      text_with_files: boolean;
      may_start: boolean;
      idempotent: boolean;
      receipts: boolean;
    };
    Description: {
      id: string;
      label: string;
      tagline: string;
      medium: components['schemas']['Medium'];
      fields: components['schemas']['Field'][];
      steps: string[];
      notes: string[];
      default_rate: number;
      base_url: string;
      limits: components['schemas']['Limits'];
      identity: components['schemas']['IdentityKind'];
    };
  };
}
