/** Starts the packed mini program. */

import { defineBuiltIns } from './components'
import { offerBuiltIns, startFramework } from './framework'
import { addStyleSheet, offerTemplates, requireModule, setSurroundings } from './loader'
import { launchOptions, listInstances, openFirstPage, startPages, tellResize } from './pages'
import { reportError, type Json } from './program'
import { wx } from './wx'

let application: Json | undefined

window.__mpWx = wx
window.__mpPages = listInstances

/** WeChat's `App`: what it is given becomes the application, which starts at once. */
function App(definition: Json): void {
  application = Object.assign(Object.create(definition), definition)
  window.__mpApp = application!
  application!.onLaunch?.(launchOptions)
  application!.onShow?.(launchOptions)
}

defineBuiltIns()
startFramework()
offerBuiltIns()
offerTemplates()
startPages()
setSurroundings({ wx, App, getApp: () => application, getCurrentPages: listInstances })

window.addEventListener('error', (event) => reportError('error', event.error ?? event.message))
window.addEventListener('unhandledrejection', (event) => {
  reportError('rejection', event.reason instanceof Error ? event.reason : JSON.stringify(event.reason))
})
window.addEventListener('resize', () => tellResize({ windowWidth: innerWidth, windowHeight: innerHeight }))
document.addEventListener('visibilitychange', () => {
  if (document.hidden) application?.onHide?.()
  else application?.onShow?.(launchOptions)
})

addStyleSheet('app')
requireModule('app')
openFirstPage()
window.__mpReady = true
