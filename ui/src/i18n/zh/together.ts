/** Working in one room: mentions, drafts, who is viewing and writing, answers that cross. */
import type { Translation } from '../text';
import type { together as english } from '../en/together';

export const together: Translation<typeof english> = {
  'folder.mentions': '提及',
  'empty.mentions': '没有人提及你。',
  'empty.mentions_hint': '同事用 @ 和你的名字提及你的备注会显示在这里。',
  'list.mention': '{name} 在备注中提及了你',
  'list.draft': '草稿：{text}',
  'list.draft_by': { other: '{names} 的草稿' },
  'list.writing': { other: '{names} 正在输入…' },

  'company.label': '在此的同事',
  'company.viewing': { other: '{names} 正在查看' },
  'company.writing': '{name} 正在输入',
  'company.writing_note': '{name} 正在写备注',
  'company.draft': '{name} 的草稿',
  'company.draft_note': '{name} 的备注草稿',

  'mention.label': '可提及的同事',
  'mention.becomes_note': '客户不会看到同事的名字：这将变为备注。',
  'mention.switched': '现在这是备注：仅团队可见。',
  'mention.brings_in': '此后可以查看',
  'mention.nobody': '能看到此会话的同事中没有叫这个名字的。',
  'mention.button': '提及同事',

  'draft.replaced': '你在另一台设备上为此写了其他内容：',
  'draft.take_back': '加入',
  'draft.drop': '丢弃',

  'newer.title': { other: '你书写期间来了 {count} 条新内容' },
  'newer.hint': '请先看一看。按 {key} 发送你的回复，按 Esc 继续书写。',
  'newer.customer': '{name}：{text}',
  'newer.colleague': '{name} 已回复：{text}',
  'newer.note': '{name} 的备注：{text}',
  'newer.send': '仍然发送',
  'newer.back': '继续书写',

  'story.brought_in': '{name} 通过备注邀请了 {names} 加入',

  'business.customer_language': '客户使用的语言',
  'business.customer_language_hint': '系统用这种语言告诉客户您何时恢复营业。',
  'business.drafts_visible': '显示同事正在写的内容',
  'business.drafts_visible_hint': '关闭后，其他人能看到有人已开始回复，但看不到内容。',
};
