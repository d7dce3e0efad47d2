/** A small set of emoji by name. Names are what people type after `:`, not texts of the UI. */

const SET = `smile 🙂|grin 😀|joy 😂|laugh 😄|wink 😉|blush 😊|heart_eyes 😍|kiss 😘|thinking 🤔|neutral 😐
confused 😕|sad 🙁|cry 😢|sob 😭|angry 😠|surprised 😮|scream 😱|sweat_smile 😅|relieved 😌|sleepy 😴
sick 🤒|cool 😎|party 🥳|hug 🤗|shush 🤫|eyes 👀|thumbsup 👍|thumbsdown 👎|ok_hand 👌|clap 👏|pray 🙏
wave 👋|muscle 💪|handshake 🤝|point_up ☝️|point_right 👉|crossed_fingers 🤞|victory ✌️|raised_hand ✋
heart ❤️|orange_heart 🧡|green_heart 💚|blue_heart 💙|broken_heart 💔|sparkles ✨|star ⭐|fire 🔥
tada 🎉|gift 🎁|balloon 🎈|cake 🎂|trophy 🏆|medal 🏅|rocket 🚀|bulb 💡|check ✅|cross ❌|warning ⚠️
question ❓|exclamation ❗|info ℹ️|bell 🔔|lock 🔒|key 🔑|hourglass ⏳|clock ⏰|calendar 📅|pin 📍
phone 📞|mobile 📱|email 📧|envelope ✉️|computer 💻|printer 🖨️|camera 📷|picture 🖼️|paperclip 📎
memo 📝|pencil ✏️|book 📖|newspaper 📰|package 📦|truck 🚚|car 🚗|bike 🚲|bus 🚌|train 🚆|plane ✈️
house 🏠|office 🏢|shop 🏪|bank 🏦|hospital 🏥|school 🏫|money 💰|card 💳|receipt 🧾|chart 📈|cart 🛒
coffee ☕|tea 🍵|bread 🍞|croissant 🥐|pizza 🍕|burger 🍔|salad 🥗|apple 🍎|beer 🍺|wine 🍷|water 💧
sun ☀️|cloud ☁️|rain 🌧️|snow ❄️|rainbow 🌈|moon 🌙|earth 🌍|tree 🌳|flower 🌸|rose 🌹|dog 🐶|cat 🐱
arrow_up ⬆️|arrow_down ⬇️|arrow_left ⬅️|arrow_right ➡️|repeat 🔁|link 🔗|tools 🛠️|wrench 🔧|gear ⚙️`;

export interface Emoji {
  name: string;
  sign: string;
}

export const emoji: readonly Emoji[] = SET.split(/[|\n]/).map((entry) => {
  const [name = '', sign = ''] = entry.split(' ');
  return { name, sign };
});

/** Those whose name begins with the query, then those that hold it. */
export function emojiLike(query: string, most = 8): Emoji[] {
  const wanted = query.toLowerCase();
  const begin = emoji.filter(({ name }) => name.startsWith(wanted));
  const hold = emoji.filter(({ name }) => !name.startsWith(wanted) && name.includes(wanted));
  return [...begin, ...hold].slice(0, most);
}
