// Paying on this device: WeChat Pay where it is there, else the acquirer's own page.
import { replaceWith } from '@/navigation'
import { platform } from '@/platform'

import type { Payment } from './outcome'

/** The means that this platform offers: one. */
export function offeredMeans(): 'card' | 'wechat_jsapi' {
  return platform.canPayByWeChat ? 'wechat_jsapi' : 'card'
}

/** In the browser the acquirer's page leads back into the app; an app's own window is closed by the reader. */
export function returnsTo(): 'app' | 'page' {
  return platform.name === 'h5' ? 'app' : 'page'
}

/** Lets the payer pay. What they answer is not believed: the result page asks the server. */
export async function makePayment(payment: Payment): Promise<void> {
  if (payment.wechat) await platform.payByWeChat(payment.wechat)
  // First our own page, so that "back" from the acquirer's leads to the result and not to the bill.
  replaceWith('/bills/result', { payment: payment.id })
  if (!payment.wechat && payment.checkout_url) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    await platform.leaveFor(payment.checkout_url)
  }
}
