/** `open-type` of a button: what WeChat opens for it. */

import type { Instance } from '../framework'
import { topPage } from '../pages'
import { unsupported } from '../program'

const CAPABILITIES: Record<string, (component: Instance) => void> = {
  contact: () => {},
  feedback: () => {},
  openSetting: (component) => component.triggerEvent('opensetting', { authSetting: {} }),
  share: () => topPage()?.instance.onShareAppMessage?.({ from: 'button' }),
  agreePrivacyAuthorization: (component) => component.triggerEvent('agreeprivacyauthorization', {}),
  getPhoneNumber: (component) => component.triggerEvent('getphonenumber', { errMsg: 'getPhoneNumber:fail user deny' }),
}

export function openCapability(component: Instance): void {
  const open = CAPABILITIES[component.data.openType as string]
  if (open) open(component)
  else unsupported.add(`<button open-type=${component.data.openType}>`)
}
