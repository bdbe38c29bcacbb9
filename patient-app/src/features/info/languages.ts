// The names of the languages that doctors speak.
import { isChinese, t, type Key } from '@/locale'

const NAMES: Record<string, Key> = {
  zh: 'info.language.zh',
  en: 'info.language.en',
  yue: 'info.language.yue',
  ja: 'info.language.ja',
  ko: 'info.language.ko',
  fr: 'info.language.fr',
  de: 'info.language.de',
  es: 'info.language.es',
  pt: 'info.language.pt',
  ru: 'info.language.ru',
  ar: 'info.language.ar',
}
/** Languages to choose from; all are spoken by somebody. */
export const SPOKEN = Object.keys(NAMES)

export function languageName(code: string): string {
  const key = NAMES[code]
  return key ? t(key) : code
}

/** "English, Mandarin, Cantonese": the reader's own first. */
export function languageList(codes: readonly string[]): string {
  const own = isChinese.value ? 'zh' : 'en'
  const first = (code: string) => (code === own ? 0 : code === 'zh' || code === 'en' ? 1 : 2)
  return [...codes]
    .sort((one, other) => first(one) - first(other))
    .map(languageName)
    .join(t('info.language.comma'))
}
