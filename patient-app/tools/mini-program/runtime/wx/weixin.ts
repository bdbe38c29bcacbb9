/** What WeChat itself does: sign-in, payment, messages, settings. The sandbox stands for its servers. */

import { options, type Json } from '../program'
import { answeredAll, Failure } from './answers'
import { ask } from './dialogs'

const PAYMENTS = '/wechat-pay/phone/requests'

/** The registered id of this mini program. */
export function appId(): string {
  return options.get('appid') ?? 'touristappid'
}

/** The address of the sandbox, which plays WeChat's part. */
function sandbox(): string {
  const address = options.get('sandbox')
  if (!address) throw new Failure('no sandbox: open the page with ?sandbox=ADDRESS')
  return address
}

async function askSandbox(path: string, body?: Json | URLSearchParams): Promise<Json> {
  const isForm = body instanceof URLSearchParams
  const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json'
  const answer = await fetch('/__relay', {
    method: body ? 'POST' : 'GET',
    cache: 'no-store',
    headers: { 'content-type': type, 'x-relay-url': `${sandbox()}${path}` },
    body: isForm ? body.toString() : body && JSON.stringify(body),
  })
  return (await answer.json().catch(() => ({ errMsg: `fail sandbox answered ${answer.headers.get('x-relay-status')}` }))) as Json
}

/** The code that the program's server exchanges for the WeChat user of this telephone. */
async function login(): Promise<Json> {
  const { code, errMsg } = await askSandbox('/_control/wechat/codes', { user: options.get('user') ?? 'wechat-user' })
  if (!code) throw new Failure(String(errMsg))
  return { code }
}

/** WeChat checks the merchant's signature, shows the sheet, and pays when its owner says so. */
async function requestPayment(parameters: Json): Promise<Json> {
  const { timeStamp, nonceStr, package: prepay, signType, paySign } = parameters
  for (const name of ['timeStamp', 'nonceStr', 'package', 'signType', 'paySign']) {
    if (typeof parameters[name] !== 'string') throw new Failure(`parameter.${name} should be String`)
  }
  const call = { timeStamp, nonceStr, package: prepay, signType, paySign, appId: appId(), answer: 'later' }
  const asked = await askSandbox(PAYMENTS, call)
  if (!asked.id) throw reasonOf(asked)
  const { confirm } = await ask({ title: '微信支付', content: '输入支付密码后付款', confirmText: '支付' })
  await askSandbox(`${PAYMENTS}/${asked.id}/answer`, new URLSearchParams({ pays: confirm ? 'yes' : 'no' }))
  const decided = await askSandbox(`${PAYMENTS}/${asked.id}`)
  if (decided.errMsg !== 'requestPayment:ok') throw reasonOf(decided)
  return {}
}

function reasonOf({ errMsg }: Json): Failure {
  return new Failure(String(errMsg).replace(/^.*?fail ?/, ''))
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
