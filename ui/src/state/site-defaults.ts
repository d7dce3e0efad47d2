/**
 * What a site's chat says by itself unless somebody wrote something else, in the languages that the
 * widget speaks. It is the visitor's language, not the one of who looks at the settings.
 */
export const AUTO_TEXTS = [
  'online_greeting',
  'offline_greeting',
  'first_answer',
  'closed',
] as const;
export type AutoTextName = (typeof AUTO_TEXTS)[number];
type Words = Record<AutoTextName, string>;

export const WIDGET_LANGUAGES = ['auto', 'en', 'de', 'es', 'fr', 'pt', 'zh', 'ar'] as const;

const ENGLISH: Words = {
  online_greeting: 'Hello! How can we help you?',
  offline_greeting: 'We are away, leave us a message!',
  first_answer: 'Hello, thank you for contacting us. We have received your message.',
  closed:
    'This chat session has ended. Please feel free to contact us if you have any further questions.',
};

const WORDS: Record<string, Words> = {
  en: ENGLISH,
  de: {
    online_greeting: 'Hallo! Wie können wir Ihnen helfen?',
    offline_greeting: 'Wir sind gerade nicht da. Hinterlassen Sie uns eine Nachricht!',
    first_answer: 'Guten Tag und danke, dass Sie uns schreiben. Ihre Nachricht ist angekommen.',
    closed: 'Dieser Chat ist beendet. Bei weiteren Fragen sind wir gern wieder für Sie da.',
  },
  es: {
    online_greeting: '¡Hola! ¿En qué podemos ayudarle?',
    offline_greeting: 'Ahora no estamos. ¡Déjenos un mensaje!',
    first_answer: 'Hola, gracias por escribirnos. Hemos recibido su mensaje.',
    closed: 'Este chat ha terminado. Si tiene más preguntas, escríbanos cuando quiera.',
  },
  fr: {
    online_greeting: 'Bonjour ! Comment pouvons-nous vous aider ?',
    offline_greeting: 'Nous sommes absents, laissez-nous un message !',
    first_answer: 'Bonjour, merci de nous écrire. Nous avons bien reçu votre message.',
    closed: 'Ce chat est terminé. N’hésitez pas à nous écrire si vous avez d’autres questions.',
  },
  pt: {
    online_greeting: 'Olá! Como podemos ajudar?',
    offline_greeting: 'Não estamos agora. Deixe-nos uma mensagem!',
    first_answer: 'Olá, obrigado pelo contato. Recebemos a sua mensagem.',
    closed: 'Este chat terminou. Se tiver outras perguntas, fale conosco quando quiser.',
  },
  zh: {
    online_greeting: '您好！有什么可以帮您？',
    offline_greeting: '我们暂时不在，请给我们留言！',
    first_answer: '您好，感谢您的联系。我们已收到您的消息。',
    closed: '本次对话已结束。如有其他问题，欢迎随时联系我们。',
  },
  ar: {
    online_greeting: 'مرحبًا! كيف يمكننا مساعدتك؟',
    offline_greeting: 'نحن غير متاحين الآن، اترك لنا رسالة!',
    first_answer: 'مرحبًا، شكرًا لتواصلك معنا. وصلتنا رسالتك.',
    closed: 'انتهت هذه المحادثة. لا تتردد في مراسلتنا إن كانت لديك أسئلة أخرى.',
  },
};

/** The usual text in the site's language; `auto` begins with English. */
export function usual(name: AutoTextName, language: string): string {
  return (WORDS[language] ?? ENGLISH)[name];
}

/** Whether nobody wrote it: it is the usual text in some language. */
export function isUsual(name: AutoTextName, text: string): boolean {
  return Object.values(WORDS).some((words) => words[name] === text.trim());
}

/** A question and an answer, for a look at the chat while something is said. */
const SAMPLES: Record<string, [string, string]> = {
  en: ['Do you mend bikes while I wait?', 'We do! Most take half an hour.'],
  de: ['Reparieren Sie Räder sofort?', 'Ja! Meist dauert es eine halbe Stunde.'],
  es: ['¿Reparan bicicletas en el momento?', '¡Sí! Casi siempre en media hora.'],
  fr: ['Réparez-vous les vélos sur place ?', 'Oui ! Le plus souvent en une demi-heure.'],
  pt: ['Vocês consertam bicicletas na hora?', 'Sim! Quase sempre em meia hora.'],
  zh: ['可以立等修车吗？', '可以！大多半小时就好。'],
  ar: ['هل تصلحون الدراجات فورًا؟', 'نعم! غالبًا خلال نصف ساعة.'],
};

export function sample(language: string): [string, string] {
  return SAMPLES[language] ?? SAMPLES.en!;
}
