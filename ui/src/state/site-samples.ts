/** A site as a new one is, for tests. */
import type { ChatSettings } from './types';

export function ofSite(domains: string[] = []): ChatSettings {
  const said = (text: string) => ({ on: true, text });
  return {
    domains,
    mode: 'chat',
    max_calls: 5,
    visitors_may_send: 'text_and_images',
    close_after_minutes: 60,
    max_chats: null,
    appearance: {
      theme: 'auto',
      colour: '#1f5b4c',
      launcher: 'bubble',
      icon: 1,
      side: 'right',
      offset_x: 20,
      offset_y: 20,
      title: '',
      subtitle: '',
      logo_file_id: null,
      agent_info: 'name',
      default_agent_name: '',
      default_agent_photo: null,
    },
    messages: {
      language: 'auto',
      pre_chat: {
        on: false,
        fields: (['name', 'email', 'phone', 'company', 'subject', 'question'] as const).map(
          (id, at) => ({ id, show: at < 2, required: false, label: '' }),
        ),
        consent: '',
      },
      online_greeting: said('Hello! How can we help you?'),
      offline_greeting: said('We are away, leave us a message!'),
      first_answer: said('Hello, thank you for contacting us. We have received your message.'),
      closed: said(
        'This chat session has ended. Please feel free to contact us if you have any further questions.',
      ),
    },
    ice_servers: [],
  };
}
