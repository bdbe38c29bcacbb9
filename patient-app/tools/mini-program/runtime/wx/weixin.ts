/** What WeChat itself does: sign-in, payment, messages, settings. The sandbox stands for its servers. */

import { options, type Json } from '../program'
import { answeredAll, Failure } from './answers'
import { ask } from './dialogs'

/** The address of the sandbox, which plays WeChat's part. */
function sandbox(): string {
  const address = options.get('sandbox')
  if (!address) throw new Failure('no sandbox: open the page with ?sandbox=ADDRESS')
  return address
}

async function askSandbox(path: string, body: Json): Promise<Json> {
  const answer = await fetch('/__relay', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-relay-url': `${sandbox()}${path}` },
    body: JSON.stringify(body),
  })
  const said = (await answer.json().catch(() => ({}))) as Json
  if (!answer.ok) throw new Failure(String(said.message ?? said.errmsg ?? `sandbox answered ${answer.status}`))
  return said
}

/** The WeChat user of this telephone. */
export function payer(): string {
  return options.get('payer') ?? 'wechat-user'
}

async function login(): Promise<Json> {
  const { code } = await askSandbox('/_control/wechat/codes', { user: payer() })
  return { code }
}

async function requestPayment(parameters: Json): Promise<Json> {
  const { timeStamp, nonceStr, package: prepay, signType, paySign } = parameters
  for (const name of ['timeStamp', 'nonceStr', 'package', 'signType', 'paySign']) {
    if (typeof parameters[name] !== 'string') throw new Failure(`parameter.${name} should be String`)
  }
  const { confirm } = await ask({ title: '微信支付', content: String(prepay), confirmText: '支付' })
  if (!confirm) throw new Failure('cancel')
  await askSandbox('/_control/wechat-pay/pay', { timeStamp, nonceStr, package: prepay, signType, paySign, user: payer() })
  return {}
}

export const weixin = answeredAll({
  login,
  checkSession() {},
  requestPayment,
  requestSubscribeMessage: ({ tmplIds = [] }) => Object.fromEntries(tmplIds.map((id: string) => [id, 'accept'])),
  getSetting: () => ({ authSetting: {}, subscriptionsSetting: { mainSwitch: true } }),
  openSetting: () => ({ authSetting: {} }),
  authorize() {},
  getPrivacySetting: () => ({ needAuthorization: false, privacyContractName: '' }),
  requirePrivacyAuthorize() {},
  openPrivacyContract() {},
  showShareMenu() {},
  hideShareMenu() {},
  updateShareMenu() {},
  openEmbeddedMiniProgram() {},
  openCustomerServiceChat() {},
  exitMiniProgram() {},
})
