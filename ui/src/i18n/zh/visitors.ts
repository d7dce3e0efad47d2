/** Visitors of a website, as their agents see them. */
import type { Translation } from '../text';
import type { visitors as english } from '../en/visitors';

export const visitors: Translation<typeof english> = {
  'visitor.page': '访客 · {page}',
  'visitor.id': '访客 {id}',
  'chat.website': '网站',
  'story.ended_visitor': '由访客结束',
  'past.visitor': '上一个会话由访客结束',
  'visitor.online': '正在页面上',
  'visitor.away': '在其他标签页',
  'visitor.left': '已离开',
  'visitor.left_hint': '{name} 已离开页面，下次到访时会看到您的回复。',
  'visitor.away_hint': '{name} 在其他标签页，您回复时会听到提示音。',
  'visitor.writes': '正在输入…',
  'visitor.writes_name': '{name} 正在输入…',
  'visitor.ended': '此聊天已结束。访客的下一条消息会开启新的聊天。',
  'visitor.ended_self': '访客结束了此聊天。其下一条消息会开启新的聊天。',
};
