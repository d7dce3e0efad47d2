/** How colleagues and phones come in: invitations, the office network, codes to scan. */
import type { Translation } from '../text';
import type { join as english } from '../en/join';

export const join: Translation<typeof english> = {
  'invite.title': '邀请同事',
  'invite.button': '通过链接邀请',
  'invite.about': '对方自行选择登录名和密码。链接仅可使用一次，一周内有效。',
  'invite.name': '邀请谁？',
  'invite.name_hint': '仅供你辨认，可以留空。',
  'invite.make': '生成链接',
  'invite.ready': '链接已生成',
  'invite.ready_about': '请将它发给对方，或让对方用手机扫码。它只显示这一次。',
  'invite.link': '链接',
  'invite.code': '包含加入链接的二维码',
  'invite.closed': '只有这台电脑能访问此地址。请先在“网络”中对办公室网络开放，然后再生成链接。',
  'invite.open_network': '开放办公室网络',
  'invite.open': '未使用的邀请',
  'invite.for': '{name} · {role}',
  'invite.for_anyone': '任何人 · {role}',
  'invite.until': '有效期至 {time}',
  'invite.take_back': '撤回',
  'invite.taken_back': '链接已失效',
  'invite.failed': '邀请未能更改',

  'joining.title': '加入 {business}',
  'joining.text': '{name} 邀请你加入。请选择登录名和密码。',
  'joining.submit': '加入',
  'joining.gone': '此邀请已失效',
  'joining.gone_text':
    '它已被使用、被撤回，或已超过一周。请索取新的邀请。如果你已经加入，请直接登录。',
  'joining.to_sign_in': '登录',
  'joining.signed_in': '你已在此以 {name} 的身份登录。如果是别人要加入，请先退出登录。',

  'insecure.text': '此连接未加密：同一网络中的其他人可能看到内容。请仅在你信任的网络中使用。',

  'lan.title': '办公室网络',
  'lan.switch': '允许办公室网络中的同事访问',
  'lan.switch_about': '同一网络中的浏览器、手机和 Deskbell 窗口即可在此登录。',
  'lan.address': '团队使用的地址',
  'lan.code': '包含团队地址的二维码',
  'lan.scan': '或用同一 Wi-Fi 下的手机扫码。',
  'lan.plain':
    '内容在你的网络中传输时不加密。在自己的办公室里没有问题，在咖啡馆里则不行。如需加密，请为工作台设置自己的域名，并放在带证书的代理之后。',
  'lan.stuck': '无法开放：{problem}',

  'phone.title': '在你的手机上',
  'phone.text': '用手机相机扫描并登录。通过 https 打开时，还可以把页面添加到主屏幕。',
  'phone.closed': '手机还无法访问此工作台。管理员可以开放访问。',
};
