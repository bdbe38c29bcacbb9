/** What the program asks about the telephone, and the little things the telephone does. */

import { CAPSULE, currentTheme, onThemeChange, STATUS_BAR_HEIGHT } from '../frame'
import { launchOptions, topPage } from '../pages'
import { options, type Json } from '../program'
import { answeredAll, Failure } from './answers'
import { ask } from './dialogs'
import { emit, listenable } from './listeners'
import { USER_DATA_PATH } from './temporary'
import { appId } from './weixin'

const LANGUAGES: [RegExp, string][] = [
  [/^zh-(tw|hant)/i, 'zh_TW'],
  [/^zh-hk/i, 'zh_HK'],
  [/^zh/i, 'zh_CN'],
]

function language(): string {
  const wanted = options.get('language') ?? navigator.language
  return LANGUAGES.find(([pattern]) => pattern.test(wanted))?.[1] ?? 'en'
}

function windowInfo(): Json {
  const [width, height] = [innerWidth, innerHeight]
  const page = topPage()?.element.getBoundingClientRect()
  return {
    pixelRatio: devicePixelRatio,
    screenWidth: width,
    screenHeight: height,
    windowWidth: width,
    windowHeight: page?.height || height,
    screenTop: page?.top ?? 0,
    statusBarHeight: STATUS_BAR_HEIGHT,
    safeArea: { left: 0, top: STATUS_BAR_HEIGHT, right: width, bottom: height, width, height: height - STATUS_BAR_HEIGHT },
  }
}

const deviceInfo = (): Json => ({
  ...{ brand: 'devtools', model: 'iPhone 15', platform: 'devtools', system: 'iOS 17.0', abi: '', memorySize: '2048' },
  deviceId: 'chromium',
})
const appInfo = (): Json => ({
  ...{ version: '8.0.50', SDKVersion: '3.7.0', enableDebug: false, fontSizeSetting: 16, fontSizeScaleFactor: 1 },
  language: language(),
  theme: currentTheme(),
  host: { env: 'WeChat' },
})
const systemInfo = (): Json => ({ ...deviceInfo(), ...appInfo(), ...windowInfo(), hostName: 'WeChat' })
const locationOff = () => {
  throw new Failure('auth deny')
}

let clipboard = ''
onThemeChange((result) => emit('ThemeChange', result))

export const device = {
  getSystemInfoSync: systemInfo,
  getWindowInfo: windowInfo,
  getDeviceInfo: deviceInfo,
  getAppBaseInfo: appInfo,
  getSystemSetting: () => ({ bluetoothEnabled: false, locationEnabled: false, wifiEnabled: true, deviceOrientation: 'portrait' }),
  getAppAuthorizeSetting: () => ({ cameraAuthorized: 'authorized', notificationAuthorized: 'authorized' }),
  getSkylineInfoSync: () => ({ isSupported: false, version: '' }),
  getLaunchOptionsSync: () => launchOptions,
  getEnterOptionsSync: () => launchOptions,
  getAccountInfoSync: () => ({ miniProgram: { appId: appId(), envVersion: 'develop', version: '' } }),
  getMenuButtonBoundingClientRect: () => {
    const { top, width, height, right } = CAPSULE
    return { top, width, height, left: innerWidth - right - width, right: innerWidth - right, bottom: top + height }
  },
  canIUse: () => true,
  getUpdateManager: () => ({ onCheckForUpdate() {}, onUpdateReady() {}, onUpdateFailed() {}, applyUpdate() {} }),
  getPerformance: () => ({ createObserver: () => ({ observe() {}, disconnect() {} }), now: () => performance.now() }),
  nextTick: (act: () => void) => queueMicrotask(act),
  env: { USER_DATA_PATH },
  preloadAssets() {},
  reportPerformance() {},
  ...answeredAll({
    getSystemInfo: systemInfo,
    getSystemInfoAsync: systemInfo,
    setClipboardData: ({ data }) => void (clipboard = String(data)),
    getClipboardData: () => ({ data: clipboard }),
    vibrateShort() {},
    vibrateLong() {},
    setKeepScreenOn() {},
    hideKeyboard: () => (document.activeElement as HTMLElement | null)?.blur(),
    getLocation: locationOff,
    openLocation: ({ name = '', address = '' }) => ask({ title: String(name), content: String(address), showCancel: false }).then(() => ({})),
    async makePhoneCall({ phoneNumber }) {
      const { confirm } = await ask({ content: String(phoneNumber), confirmText: '呼叫' })
      if (!confirm) throw new Failure('cancel')
    },
    async addPhoneCalendar({ title, location = '' }) {
      const { confirm } = await ask({ title: '添加日程', content: `${title}\n${location}`, confirmText: '添加' })
      if (!confirm) throw new Failure('cancel')
    },
    async scanCode() {
      const { confirm, content } = await ask({ title: '扫一扫', editable: true })
      if (!confirm) throw new Failure('cancel')
      return { result: content, scanType: 'QR_CODE', charSet: 'utf-8' }
    },
  }),
  ...listenable('ThemeChange'),
  ...listenable('WindowResize'),
  ...listenable('KeyboardHeightChange'),
  ...listenable('AppShow'),
  ...listenable('AppHide'),
  ...listenable('Error'),
  ...listenable('UnhandledRejection'),
  ...listenable('PageNotFound'),
  ...listenable('MemoryWarning'),
  ...listenable('UserCaptureScreen'),
}

window.addEventListener('resize', () => emit('WindowResize', { size: windowInfo() }))
document.addEventListener('visibilitychange', () => emit(document.hidden ? 'AppHide' : 'AppShow', launchOptions))
