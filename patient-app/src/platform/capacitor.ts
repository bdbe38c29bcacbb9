// The Android and iOS apps: the browser's ways, and the plug-ins of the shell where it has them. Plug-ins load when
// they are first needed, so that the browser's visitors never fetch them.
import { calendarFile } from './calendar'
import { h5 } from './h5'
import { hashOf } from './links'
import type { Platform, PlatformName } from './types'

interface Shell {
  getPlatform(): string
  isNativePlatform(): boolean
}

function shell(): Shell | undefined {
  return (globalThis as { Capacitor?: Shell }).Capacitor
}

export function isInShell(): boolean {
  return shell()?.isNativePlatform() ?? false
}

/** Goes to the page of a link that opened the app: of the hospital's host, or of the app's own scheme. */
export async function followLinks(): Promise<void> {
  const { App } = await import('./plugins')
  await App.addListener('appUrlOpen', ({ url }) => {
    const hash = hashOf(url)
    if (!hash) return
    window.location.hash = hash
    void closeBrowser()
  })
}

/** The browser in which the acquirer's page was; Android has none to close. */
async function closeBrowser(): Promise<void> {
  const { Browser } = await import('./plugins')
  await Browser.close().catch(() => undefined)
}

/** What the system draws over at the top: known to styles alone. Android's shell tells it in a variable of its own. */
function statusBarHeight(): number {
  const probe = document.createElement('div')
  probe.style.cssText = 'position: fixed; height: max(env(safe-area-inset-top, 0px), var(--safe-area-inset-top, 0px))'
  document.body.append(probe)
  const height = probe.getBoundingClientRect().height
  probe.remove()
  return height
}

/** Keeps a file where other apps may read it for a moment, and asks the reader what to do with it. */
async function hand(name: string, data: string, isText: boolean): Promise<void> {
  const { Directory, Encoding, Filesystem, Share } = await import('./plugins')
  const encoding = isText ? { encoding: Encoding.UTF8 } : {}
  const { uri } = await Filesystem.writeFile({ path: name, data, directory: Directory.Cache, ...encoding })
  await Share.share({ title: name, files: [uri] }).catch(() => undefined) // the reader closed the sheet
}

async function asBase64(file: string): Promise<string> {
  // eslint-disable-next-line no-restricted-globals -- a file that is already here, not the server
  const bytes = new Uint8Array(await (await fetch(file)).arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

/** Asks the reader, then the system's push service; what it answers first counts. */
async function askForPush(): Promise<string | null> {
  const { PushNotifications } = await import('./plugins')
  const { receive } = await PushNotifications.requestPermissions()
  if (receive !== 'granted') return null
  return new Promise((resolve) => {
    void PushNotifications.addListener('registration', ({ value }) => resolve(value))
    void PushNotifications.addListener('registrationError', () => resolve(null))
    void PushNotifications.register()
  })
}

export const capacitor: Platform = {
  ...h5,
  get name(): PlatformName {
    return shell()?.getPlatform() === 'ios' ? 'ios' : 'android'
  },
  insets: () => ({ top: statusBarHeight(), right: 0 }),
  leaveFor: async (address) => {
    const { Browser } = await import('./plugins')
    await Browser.open({ url: address })
  },
  openDocument: async (file, name) => hand(name, await asBase64(file), false),
  saveText: (name, text) => hand(name, text, true),
  share: async (title, text, address) => {
    const { Share } = await import('./plugins')
    await Share.share({ title, text, url: address }).catch(() => undefined)
    return true
  },
  addToCalendar: async (event) => {
    await hand('appointment.ics', calendarFile(event, new Date()), true)
    return true
  },
  pushToken: askForPush,
}
