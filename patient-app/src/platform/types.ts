// What the app needs from the device that it runs on.

export type PlatformName = 'h5' | 'weixin' | 'android' | 'ios'

/** What WeChat Pay's JSAPI call wants, as the server signed it. */
export interface WeChatOrder {
  timeStamp: string
  nonceStr: string
  package: string
  signType: string
  paySign: string
}

export type PayOutcome = 'sent' | 'canceled' | 'failed'

export interface CalendarEvent {
  title: string
  place: string
  notes: string
  startsAt: string
  endsAt: string
}

export interface Place {
  name: string
  address: string
  latitude: number
  longitude: number
}

/** Where the device is, in degrees of WGS 84, to within `accuracy` meters. */
export interface Position {
  latitude: number
  longitude: number
  accuracy: number
}

export interface PickedFile {
  path: string
  name: string
  size: number
}

export interface Platform {
  readonly name: PlatformName
  /** Whether WeChat Pay is there to be called. */
  readonly canPayByWeChat: boolean
  /** Whether the app itself reads codes; in a browser the telephone's camera does and opens their address. */
  readonly canScan: boolean
  /** The language tag that the device is set to. */
  deviceLanguage(): string
  /** Pixels at the top that the system draws over, and at the right of the navigation bar (WeChat's capsule). */
  insets(): { top: number; right: number }
  /** A one-time code of the platform's own sign-in (`wx.login`); null where there is none. */
  signInCode(): Promise<string | null>
  payByWeChat(order: WeChatOrder): Promise<PayOutcome>
  /** Leaves for a page outside the app, such as the acquirer's checkout. It comes back by a deep link. */
  leaveFor(address: string): Promise<void>
  /** Shows a downloaded file; where it cannot be shown, it is saved under `name`. */
  openDocument(file: string, name: string): Promise<void>
  /** Hands text that the app made (ICS, JSON) to the reader as a file. */
  saveText(name: string, text: string, type: string): Promise<void>
  pickPictures(most: number): Promise<PickedFile[]>
  /** What a code says that the reader holds before the camera; null when they turn away. */
  scan(): Promise<string | null>
  /** Asks the reader for the device's place, now and once; null where they say no or it is not to be had. */
  findPosition(): Promise<Position | null>
  copy(text: string): Promise<void>
  /** Whether something was shared; false where the device has no sharing. */
  share(title: string, text: string, address: string): Promise<boolean>
  addToCalendar(event: CalendarEvent): Promise<boolean>
  openMap(place: Place): Promise<void>
  call(number: string): void
  /** The token under which this device gets push messages; null where the reader said no or nothing pushes. */
  pushToken(): Promise<string | null>
  isOnline(): boolean
  onOnline(changed: (isOnline: boolean) => void): void
  /** The document's own language and title, for assistive technology. */
  describe(lang: string, title: string): void
  /** The theme's class on what lies around the app. */
  dress(theme: string): void
}
