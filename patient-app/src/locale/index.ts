// The reader's language: `t('area.key', { name })` for the app's own words, `say(text)` for the hospital's content.
import { computed, ref } from 'vue'

import { MESSAGES, type Key, type Language } from './messages'
import { fill, stretch, type Values } from './wording'

export type { Key, Language }

/** A content text from the server; `en` is empty where nobody has translated it yet. */
export interface Text {
  zh: string
  en: string
}

/** A content text as it is shown; `isGap` where the reader gets Chinese because no English exists. */
export interface Said {
  words: string
  isGap: boolean
  lang: string
}

const STORED = 'language'
const PSEUDO = 'pseudo'
export const LANGUAGES: readonly Language[] = ['en', 'zh-Hans', 'zh-Hant']
/** Each language's name in itself: never translated. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', 'zh-Hans': '简体中文', 'zh-Hant': '繁體中文' }
/** The tag for `lang` attributes. */
export const LANG_TAGS: Record<Language, string> = { en: 'en', 'zh-Hans': 'zh-Hans', 'zh-Hant': 'zh-Hant-HK' }

export const language = ref<Language>('en')
export const isChinese = computed(() => language.value !== 'en')
const isStretched = ref(false)

/** Words of the app in the reader's language. */
export function t(key: Key, values: Values = {}): string {
  const text = fill(MESSAGES[language.value][key], values)
  return __PSEUDO__ && isStretched.value ? stretch(text) : text
}

/** Content in the reader's language; Chinese with a mark where the English is missing. */
export function say(text: Text): Said {
  if (isChinese.value) return { words: text.zh || text.en, isGap: false, lang: text.zh ? 'zh-Hans' : 'en' }
  if (text.en) return { words: __PSEUDO__ && isStretched.value ? stretch(text.en) : text.en, isGap: false, lang: 'en' }
  return { words: text.zh, isGap: text.zh !== '', lang: 'zh-Hans' }
}

/** Only the words of a content text, for places that cannot show the mark (titles, labels for assistive technology). */
export function sayPlain(text: Text): string {
  return say(text).words
}

/** The language that a device's own setting asks for. */
export function languageFor(tag: string): Language {
  const lowered = tag.toLowerCase()
  if (!lowered.startsWith('zh')) return 'en'
  return /hant|tw|hk|mo/.test(lowered) ? 'zh-Hant' : 'zh-Hans'
}

const listeners: ((chosen: Language) => void)[] = []

/** Called after every change of the language, and once at the start. */
export function onLanguage(listener: (chosen: Language) => void): void {
  listeners.push(listener)
  listener(language.value)
}

/** Chooses the language and remembers it on this device. */
export function setLanguage(chosen: Language): void {
  uni.setStorageSync(STORED, chosen)
  isStretched.value = false
  show(chosen)
}

/** At the start: what was chosen before, else what the device asks for. */
export function startLanguage(device: string): void {
  const stored: unknown = uni.getStorageSync(STORED)
  isStretched.value = __PSEUDO__ && stored === PSEUDO
  show(LANGUAGES.find((each) => each === stored) ?? (isStretched.value ? 'en' : languageFor(device)))
}

function show(chosen: Language): void {
  language.value = chosen
  for (const listener of listeners) listener(chosen)
}
