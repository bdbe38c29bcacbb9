// The WeChat mini program.
import { calendarFile } from './calendar'
import { filesOf } from './picked'
import type { Platform } from './types'

/** The part of WeChat's own interface that uni-app does not wrap. */
declare const wx: {
  env: { USER_DATA_PATH: string }
  getFileSystemManager(): { writeFile(call: Record<string, unknown>): void }
  shareFileMessage(call: Record<string, unknown>): void
}

/** Room that WeChat's capsule takes at the right of the navigation bar. */
const CAPSULE = 97

export const weixin: Platform = {
  name: 'weixin',
  canPayByWeChat: true,
  canScan: true,
  deviceLanguage: () => uni.getSystemInfoSync().language ?? 'zh_CN',
  insets: () => ({ top: uni.getSystemInfoSync().statusBarHeight ?? 20, right: CAPSULE }),
  signInCode: () =>
    new Promise((resolve) => {
      uni.login({ provider: 'weixin', success: ({ code }) => resolve(code || null), fail: () => resolve(null) })
    }),
  payByWeChat: (order) =>
    new Promise((resolve) => {
      uni.requestPayment({
        provider: 'wxpay',
        orderInfo: '',
        ...order,
        success: () => resolve('sent'),
        fail: ({ errMsg }) => resolve(String(errMsg).includes('cancel') ? 'canceled' : 'failed'),
      })
    }),
  // Pages outside WeChat open only inside web-views of registered hosts; the reader gets the address instead.
  leaveFor: (address) => weixin.copy(address),
  openDocument: (file) =>
    new Promise((resolve, reject) => {
      uni.openDocument({ filePath: file, fileType: 'pdf', showMenu: true, success: () => resolve(), fail: reject })
    }),
  saveText: (name, text) =>
    new Promise((resolve, reject) => {
      const place = `${wx.env.USER_DATA_PATH}/${name}`
      wx.getFileSystemManager().writeFile({
        filePath: place,
        data: text,
        encoding: 'utf8',
        success: () => {
          wx.shareFileMessage({ filePath: place, fileName: name, success: () => resolve(), fail: reject })
        },
        fail: reject,
      })
    }),
  pickPictures: (most) =>
    new Promise((resolve) => {
      uni.chooseImage({ count: most, success: (picked) => resolve(filesOf(picked)), fail: () => resolve([]) })
    }),
  scan: () =>
    new Promise((resolve) => {
      uni.scanCode({ scanType: ['qrCode'], success: ({ result }) => resolve(result || null), fail: () => resolve(null) })
    }),
  findPosition: () =>
    new Promise((resolve) => {
      uni.getLocation({
        type: 'wgs84',
        isHighAccuracy: true,
        success: ({ latitude, longitude, accuracy }) => resolve({ latitude, longitude, accuracy }),
        fail: () => resolve(null),
      })
    }),
  copy: (text) =>
    new Promise((resolve, reject) => {
      uni.setClipboardData({ data: text, showToast: false, success: () => resolve(), fail: reject })
    }),
  share: () => Promise.resolve(false),
  addToCalendar: async (event) => {
    await weixin.saveText('appointment.ics', calendarFile(event, new Date()), 'text/calendar')
    return true
  },
  openMap: (place) =>
    new Promise((resolve) => {
      uni.openLocation({ ...place, complete: () => resolve() })
    }),
  call: (number) => uni.makePhoneCall({ phoneNumber: number }),
  pushToken: () => Promise.resolve(null),
  isOnline: () => isOnline,
  onOnline: (changed) => {
    uni.onNetworkStatusChange((status) => {
      isOnline = status.isConnected
      changed(isOnline)
    })
  },
  describe: (_, title) => {
    uni.setNavigationBarTitle({ title })
  },
  dress: () => undefined,
}

let isOnline = true
