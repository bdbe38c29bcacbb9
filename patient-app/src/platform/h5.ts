// The browser. Also the ground that the Android and iOS apps stand on (see capacitor.ts).
import { calendarFile } from './calendar'
import { filesOf } from './picked'
import type { Platform } from './types'

export const h5: Platform = {
  name: 'h5',
  canPayByWeChat: false,
  canScan: false,
  deviceLanguage: () => navigator.language,
  insets: () => ({ top: 0, right: 0 }),
  signInCode: () => Promise.resolve(null),
  payByWeChat: () => Promise.resolve('failed'),
  leaveFor: (address) => {
    window.location.assign(address)
    return Promise.resolve()
  },
  openDocument: (file, name) => {
    offer(file, name)
    return Promise.resolve()
  },
  saveText: (name, text, type) => {
    const address = URL.createObjectURL(new Blob([text], { type }))
    offer(address, name)
    setTimeout(() => URL.revokeObjectURL(address), 60_000)
    return Promise.resolve()
  },
  pickPictures: (most) =>
    new Promise((resolve) => {
      uni.chooseImage({
        count: most,
        success: (picked) => resolve(filesOf(picked)),
        fail: () => resolve([]),
      })
    }),
  scan: () => Promise.resolve(null),
  findPosition: () =>
    new Promise((resolve) => {
      if (!('geolocation' in navigator)) return resolve(null)
      navigator.geolocation.getCurrentPosition(
        ({ coords: { latitude, longitude, accuracy } }) => resolve({ latitude, longitude, accuracy }),
        () => resolve(null),
        { enableHighAccuracy: true, timeout: 15_000, maximumAge: 0 },
      )
    }),
  copy: (text) => navigator.clipboard.writeText(text),
  share: async (title, text, address) => {
    if (!('share' in navigator)) return false
    await navigator.share({ title, text, url: address }).catch(() => undefined)
    return true
  },
  addToCalendar: async (event) => {
    await h5.saveText('appointment.ics', calendarFile(event, new Date()), 'text/calendar')
    return true
  },
  openMap: (place) => {
    const query = encodeURIComponent(`${place.name} ${place.address}`)
    window.open(`https://uri.amap.com/marker?position=${place.longitude},${place.latitude}&name=${query}`, '_blank', 'noopener')
    return Promise.resolve()
  },
  call: (number) => window.location.assign(`tel:${number}`),
  pushToken: () => Promise.resolve(null),
  isOnline: () => navigator.onLine,
  onOnline: (changed) => {
    window.addEventListener('online', () => changed(true))
    window.addEventListener('offline', () => changed(false))
  },
  describe: (lang, title) => {
    document.documentElement.lang = lang
    document.title = title
  },
  dress: (theme) => {
    document.documentElement.className = theme
  },
}

function offer(address: string, name: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
}

