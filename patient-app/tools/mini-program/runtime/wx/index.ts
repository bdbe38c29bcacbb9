/** `wx`: everything that is there, and a list of what the program missed. */

import { calls, unsupported, type Json } from '../program'
import { device } from './device'
import { dialogs } from './dialogs'
import { files } from './files'
import { navigation } from './navigation'
import { network } from './network'
import { queries } from './queries'
import { storage } from './storage'
import { weixin } from './weixin'

const known: Json = {
  ...device,
  ...storage,
  ...network,
  ...navigation,
  ...dialogs,
  ...files,
  ...queries,
  ...weixin,
}

// uni-app looks for these and puts them there itself.
const OF_UNI_APP = /^create(App|Page|Component|PluginApp|SubpackageApp)$/

/** An unknown call succeeds, as a stand-in does, and is listed. */
export const wx = new Proxy(known, {
  get(target, name) {
    if (name in target || typeof name === 'symbol') return target[name as string]
    if (!/^[a-z][A-Za-z]*$/.test(name) || OF_UNI_APP.test(name)) return undefined
    return (parameters?: Json) => {
      unsupported.add(`wx.${name}`)
      const answer = { errMsg: `${name}:ok` }
      calls.push(answer.errMsg)
      queueMicrotask(() => {
        parameters?.success?.(answer)
        parameters?.complete?.(answer)
      })
      return Promise.resolve(answer)
    }
  },
})
