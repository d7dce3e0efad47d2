/** What every page shares: actions, times, problems, the rail, the palette, forms. */
import type { Translation } from '../text';
import type { shell as english } from '../en/shell';

export const shell: Translation<typeof english> = {
  'app.name': 'Deskbell',

  'device.name': '{system} 上的 {program}',

  'page.not_loaded': '无法加载此页面。',

  'action.back': '返回',
  'action.cancel': '取消',
  'action.close': '关闭',
  'action.copied': '已复制',
  'action.copy': '复制',
  'action.delete': '删除',
  'action.details': '详情',
  'action.discard': '放弃',
  'action.dismiss': '忽略',
  'action.download': '下载',
  'action.edit': '编辑',
  'action.more': '更多操作',
  'action.open': '打开',
  'action.retry': '重试',
  'action.save': '保存',
  'action.take_back': '撤回',
  'action.try_again': '再试一次',

  'time.now': '刚刚',
  'time.m': '{count}分钟',
  'time.h': '{count}小时',
  'time.d': '{count}天',
  'time.moment': '片刻',
  'time.minutes': { other: '{count} 分钟' },
  'time.hours': { other: '{count} 小时' },
  'time.days': { other: '{count} 天' },
  'time.today': '今天',
  'time.yesterday': '昨天',

  'problem.unknown': '出了点问题，请再试一次。',
  'problem.line_down': '办公室没有响应，请稍后再试。',
  'problem.forbidden': '你没有此权限。管理员可以更改你的角色。',
  'problem.not_found': '内容已不存在。',
  'problem.locked_out': { other: '密码错误次数过多，请在 {count} 秒后重试。' },
  'problem.locked_out_long': '密码错误次数过多，请在 {time}后重试。',

  'line.all_up': '所有渠道正常',
  'line.settings': '设置 › 渠道',
  'line.ask': '渠道由管理员负责维护。',
  'line.degraded': '需要查看：{names}',
  'line.offline': '已离线，你可以继续工作。',
  'line.offline_waiting': { other: '已离线，你可以继续工作；有 {count} 条消息等待发送。' },

  'rail.label': '栏目',
  'rail.inbox': '收件箱',
  'rail.settings': '设置',
  'rail.demo': '演示客户',
  'rail.me': '{name}，{presence}',

  'phone.me': '我',

  'presence.available': '在线',
  'presence.away': '离开',
  'presence.business_trip': '出差',
  'presence.do_not_disturb': '请勿打扰',
  'presence.lunch_break': '午休',
  'presence.off_work': '下班',

  'me.presence_failed': '你的状态未能更改',

  sign_out: '退出登录',

  'palette.label': '前往',
  'palette.placeholder': '成员、会话、操作、设置…',
  'palette.folder': '文件夹',
  'palette.none': '没有找到。',

  'shortcuts.title': '键盘',
  'shortcuts.escape': '离开输入框，关闭面板',
  'shortcuts.send': '发送',
  'shortcuts.newline': '换行',
  'shortcuts.send_next': '发送并转到下一个',

  'form.optional': '{label}（可选）',
  'form.kept': '已保存。输入新内容即可替换。',
  'form.odd': '这看起来不像{label}。',
  'form.right': '看起来是正确的{label}',
  'form.show': '显示',
  'form.hide': '隐藏',
  'form.unsaved': '尚未保存',
  'form.revert': '撤销更改',
  'form.saved': '已保存',

  'leave.title': '不保存就离开？',
  'leave.text': '你在这里所做的更改尚未保存。',
  'leave.stay': '留下',
  'leave.leave': '离开',

  'period.today': '今天',
  'period.week': '7 天',
  'period.month': '30 天',
  'period.custom': '自定义',
  'period.from': '从',
  'period.to': '到',
};
