/** Calls: the button, how somebody calls, and what the timeline says of them. */
import type { Translation } from '../text';
import type { calls as english } from '../en/calls';

export const calls: Translation<typeof english> = {
  'call.call': '呼叫',
  'call.not_allowed': '你没有呼叫客户的权限。管理员可以在“成员”中开启。',
  'call.failed': '无法呼叫 {name}',
  'call.uncertain': '无法确定呼叫是否已发起',
  'call.uncertain_hint': '服务商没有响应。如果你的电话没有响，请再呼叫一次。',
  'call.your_phone': '你的电话即将响起。接听后将呼叫 {name}。',

  'settings.calling': '呼叫',
  'calling.purpose': '点击“呼叫”时如何处理。',
  'calling.tel': '此设备的电话',
  'calling.tel_hint': '打开以 tel: 开头的链接；在手机上会打开拨号界面。',
  'calling.sip': '软电话',
  'calling.sip_hint': '打开以 sip: 开头的链接。',
  'calling.callto': '支持 callto: 的程序',
  'calling.callto_hint': '打开以 callto: 开头的链接。',
  'calling.pattern': '自定义链接',
  'calling.pattern_hint': '适用于可通过网址发起呼叫的电话系统。',
  'calling.provider': '通过渠道的服务商',
  'calling.provider_hint':
    '先呼叫你的电话，再呼叫客户，客户看到的是商家的号码。需服务商支持；两通电话均会计费。',
  'calling.link': '链接',
  'calling.link_hint': '{number} 会替换为带 + 的客户号码，{digits} 则只保留数字。',
  'calling.link_example': 'https://zongji.example/call?to={number}',
  'calling.phone': '你的电话',
  'calling.phone_hint': '它会先响。',
  'calling.test_number': '用一个号码试试',
  'calling.test_hint': '例如你自己的号码。',
  'calling.test': '测试',

  'people.may_call': '可以呼叫客户',
  'people.may_call_hint': '在会话中使用“呼叫”按钮。',

  'story.called': '{name} 呼叫了 {number}',
  'story.called_provider': '{name} 通过服务商呼叫了 {number}',
  'story.call_your_phone': '{name} 的电话正在响铃',
  'story.call_ringing': '客户的电话正在响铃',
  'story.call_answered': '客户接听了 {name} 的呼叫',
  'story.call_ended': '{name} 的呼叫已结束，时长 {time}',
  'story.call_ended_plain': '{name} 的呼叫已结束',
  'story.call_busy': '客户的电话占线',
  'story.call_no_answer': '客户未接听',
  'story.call_not_picked_up': '{name} 没有接听自己的电话',
  'story.call_cancelled': '呼叫在客户接听前已结束',
  'story.call_failed': '{name} 的呼叫失败',
  'story.call_failed_why': '{name} 的呼叫失败：{reason}',
  'story.call_uncertain': '无法确定 {name} 的呼叫结果',
};
