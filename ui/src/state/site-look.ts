/** Pure: what the widget is shown of settings that are still being typed. */
import type { Look } from '../../widget/src/look';
import type { AutoTextName } from './site-defaults';
import { sample, usual } from './site-defaults';
import type { SiteTab } from './site-form.svelte';
import type { ChatSettings } from './types';

/** When a visitor comes: while somebody is there, after hours, or on a holiday. */
export type Moment = 'online' | 'offline' | 'holiday';

/** `picture`: the address of a file's contents, or `null` while it is not here. */
export function lookOf(settings: ChatSettings, picture: (id: string) => string | null): Look {
  const { appearance: look, messages } = settings;
  const shown = (id: string | null | undefined) => (id ? picture(id) : null);
  return {
    mode: settings.mode,
    images: settings.visitors_may_send === 'text_and_images',
    language: messages.language as Look['language'],
    appearance: {
      theme: look.theme,
      colour: look.colour,
      launcher: look.launcher,
      icon: look.icon,
      side: look.side,
      offset_x: look.offset_x,
      offset_y: look.offset_y,
      title: look.title,
      subtitle: look.subtitle,
      logo: shown(look.logo_file_id),
      agent_name: look.default_agent_name,
      agent_photo: shown(look.default_agent_photo),
    },
    pre_chat: {
      on: messages.pre_chat.on,
      fields: messages.pre_chat.fields
        .filter((field) => field.show)
        .map(({ id, required, label }) => ({ id, required, label })),
      consent: messages.pre_chat.consent,
    },
  };
}

/** What the visitor is greeted with then; `null`: nothing. */
export function greetingOf(settings: ChatSettings, moment: Moment): string | null {
  const name: AutoTextName = moment === 'online' ? 'online_greeting' : 'offline_greeting';
  const { on, text } = settings.messages[name];
  return on ? text.trim() || usual(name, settings.messages.language) : null;
}

/** What the visitor meets in the preview: nothing said yet, or a short talk where looks are chosen. */
export function sceneOf(settings: ChatSettings, moment: Moment, tab: SiteTab) {
  // Logo and usual photo stand where nobody has answered yet.
  const { logo_file_id, default_agent_photo } = settings.appearance;
  const pictured = logo_file_id != null || default_agent_photo != null;
  const talks = tab === 'appearance' && moment === 'online' && !pictured;
  const [question, answer] = sample(settings.messages.language);
  return {
    online: moment === 'online',
    greeting: greetingOf(settings, moment),
    talk: talks
      ? [
          { from: 'visitor' as const, text: question },
          { from: 'agent' as const, text: answer },
        ]
      : [],
    ended: false,
  };
}

/** Who answers there: I, as visitors would see me. */
export function agentOf(settings: ChatSettings, name: string, photo: string) {
  const { agent_info } = settings.appearance;
  if (agent_info === 'default') return null;
  return { name, photo: agent_info === 'name_and_photo' ? photo || null : null };
}
