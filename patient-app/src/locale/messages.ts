// All message files of the app, by language. The compiler refuses a key that one of them lacks or has alone.
import commonEn from './common.en.json'
import homeEn from './home.en.json'
import accountEn from './account.en.json'
import peopleEn from './people.en.json'
import bookingEn from './booking.en.json'
import billsEn from './bills.en.json'
import reportsEn from './reports.en.json'
import infoEn from './info.en.json'
import inboxEn from './inbox.en.json'
import visitEn from './visit.en.json'
import helpEn from './help.en.json'
import assistEn from './assist.en.json'
import commonHans from './common.zh-Hans.json'
import homeHans from './home.zh-Hans.json'
import accountHans from './account.zh-Hans.json'
import peopleHans from './people.zh-Hans.json'
import bookingHans from './booking.zh-Hans.json'
import billsHans from './bills.zh-Hans.json'
import reportsHans from './reports.zh-Hans.json'
import infoHans from './info.zh-Hans.json'
import inboxHans from './inbox.zh-Hans.json'
import visitHans from './visit.zh-Hans.json'
import helpHans from './help.zh-Hans.json'
import assistHans from './assist.zh-Hans.json'
import commonHant from './common.zh-Hant.json'
import homeHant from './home.zh-Hant.json'
import accountHant from './account.zh-Hant.json'
import peopleHant from './people.zh-Hant.json'
import bookingHant from './booking.zh-Hant.json'
import billsHant from './bills.zh-Hant.json'
import reportsHant from './reports.zh-Hant.json'
import infoHant from './info.zh-Hant.json'
import inboxHant from './inbox.zh-Hant.json'
import visitHant from './visit.zh-Hant.json'
import helpHant from './help.zh-Hant.json'
import assistHant from './assist.zh-Hant.json'

const en = {
  ...commonEn,
  ...homeEn,
  ...accountEn,
  ...peopleEn,
  ...bookingEn,
  ...billsEn,
  ...reportsEn,
  ...infoEn,
  ...inboxEn,
  ...visitEn,
  ...helpEn,
  ...assistEn,
}

const zhHans = {
  ...commonHans,
  ...homeHans,
  ...accountHans,
  ...peopleHans,
  ...bookingHans,
  ...billsHans,
  ...reportsHans,
  ...infoHans,
  ...inboxHans,
  ...visitHans,
  ...helpHans,
  ...assistHans,
}

const zhHant = {
  ...commonHant,
  ...homeHant,
  ...accountHant,
  ...peopleHant,
  ...bookingHant,
  ...billsHant,
  ...reportsHant,
  ...infoHant,
  ...inboxHant,
  ...visitHant,
  ...helpHant,
  ...assistHant,
}

export type Key = keyof typeof en
export type Language = 'en' | 'zh-Hans' | 'zh-Hant'

type Exactly<Messages> = [keyof Messages, Key] extends [Key, keyof Messages] ? Messages : never

const exactly = <Messages extends Record<string, string>>(messages: Exactly<Messages>): Record<Key, string> =>
  messages as unknown as Record<Key, string>

export const MESSAGES: Record<Language, Record<Key, string>> = {
  en,
  'zh-Hans': exactly(zhHans),
  'zh-Hant': exactly(zhHant),
}
