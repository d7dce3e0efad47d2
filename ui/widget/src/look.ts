/**
 * What `GET /chat/{site}/look` tells: all that the launcher and the panel need before there is a
 * line. The settings of the site as its administrator made them, without what visitors must not see.
 */

/** The languages of the widget. */
export const LANGUAGES = ['en', 'de', 'es', 'fr', 'pt', 'zh', 'ar'] as const;
export type Lang = (typeof LANGUAGES)[number];

/** Questions before the first message. */
export const FIELDS = ['name', 'email', 'phone', 'company', 'subject', 'question'] as const;
export type FieldId = (typeof FIELDS)[number];

/** One question that is asked; those that are not shown are left out. */
export interface PreChatField {
  id: FieldId;
  required: boolean;
  /** In the words of the site; `""`: the widget's own. */
  label: string;
}

export interface Look {
  mode: 'chat' | 'chat_and_calls';
  /** Whether visitors may send pictures (PNG and JPEG, up to 10 MB). */
  images: boolean;
  /** `auto`: the language of the page, else the one of the browser. */
  language: 'auto' | Lang;
  appearance: {
    theme: 'light' | 'dark' | 'auto';
    /** `#rrggbb` */
    colour: string;
    launcher: 'bubble' | 'bar';
    /** 1 to 6, see `icons.ts`. */
    icon: number;
    side: 'right' | 'left';
    /** Pixels from the side and from the bottom. */
    offset_x: number;
    offset_y: number;
    /** `""`: the widget's own words. */
    title: string;
    subtitle: string;
    /** An address, absolute or from the root of the desk. */
    logo: string | null;
    /** Shown where no agent is: the site's default agent. */
    agent_name: string;
    agent_photo: string | null;
  };
  pre_chat: {
    on: boolean;
    fields: PreChatField[];
    /** A sentence to agree to; `""`: none. */
    consent: string;
  };
}
