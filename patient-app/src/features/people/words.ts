// What documents, relations and states are called.
import type { IconName } from '@/components/icon-names'
import type { components } from '@/http'
import { t, type Key } from '@/locale'
import { formatDay } from '@/locale/dates'

import { DOCUMENT_TYPES } from './draft'

type Person = components['schemas']['PersonOut']
type Document = components['schemas']['DocumentOut']

export interface Mark {
  kind: 'plain' | 'ok' | 'warn' | 'bad' | 'info'
  icon?: IconName
  words: string
}

export function documentWord(type: string): string {
  return t(`people.document.${isKnown(type) ? type : 'OTHER'}` as Key)
}

export function documentHint(type: string): string {
  return t(`people.document.hint.${isKnown(type) ? type : 'OTHER'}` as Key)
}

function isKnown(type: string): boolean {
  return (DOCUMENT_TYPES as readonly string[]).includes(type)
}

const RELATION_KEYS = ['SELF', 'SPOUSE', 'CHILD', 'PARENT'] as const

/** "You", "Your child": how a person is introduced in a list. */
export function relationTitle(relation: string): string {
  const known = RELATION_KEYS.find((each) => each === relation)
  return t(`people.relation.${known ?? 'OTHER'}` as Key)
}

/** The last characters of a masked number, which is all that is said of it. */
export function endOf(masked: string): string {
  return masked.split('*').pop() ?? ''
}

/** The document that is shown first, in one line. */
export function documentLine(document: Document): string {
  if ((document.expiry === 'SOON' || document.expiry === 'EXPIRED') && document.valid_to) {
    return t('people.document.valid-to', { date: formatDay(document.valid_to) })
  }
  return t('people.document.ending', { document: documentWord(document.type), end: endOf(document.masked_number) })
}

/** What matters most about a document: that it has expired, that it will, how far its check is. */
export function documentMark(document: Document): Mark {
  if (document.expiry === 'EXPIRED') return { kind: 'bad', words: t('people.mark.expired') }
  if (document.expiry === 'SOON') return { kind: 'warn', words: t('people.mark.soon') }
  if (document.is_checked) return { kind: 'ok', words: t('people.mark.checked') }
  if (document.proof?.state === 'PENDING') return { kind: 'info', icon: 'clock', words: t('people.mark.pending') }
  if (document.proof?.state === 'REFUSED') return { kind: 'bad', words: t('people.mark.refused') }
  return { kind: 'plain', words: t('people.mark.unchecked') }
}

/** Whether an adult has agreed; nothing to say of oneself and of children. */
export function agreementMark(person: Person): Mark | null {
  if (person.relation === 'SELF' || person.is_minor) return null
  if (person.are_records_open) return { kind: 'ok', words: t('people.mark.agreed') }
  if (person.relation_proof?.state === 'PENDING') return { kind: 'info', icon: 'clock', words: t('people.mark.pending') }
  return { kind: 'warn', words: t('people.mark.not-agreed') }
}

export const LANGUAGES = ['en', 'zh', 'yue', 'fr', 'de', 'es', 'pt', 'it', 'ru', 'ar', 'ja', 'ko', 'hi', 'ur', 'id', 'th', 'vi', 'tr', 'sw'] as const

export function languageWord(code: string): string {
  const known = LANGUAGES.find((each) => each === code)
  return known ? t(`people.language.${known}` as Key) : code
}

export function sexWord(sex: string): string {
  return t(`people.sex.${sex === 'M' || sex === 'F' ? sex : 'U'}` as Key)
}
