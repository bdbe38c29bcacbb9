// The code line of a passport or card (MRZ), typed or pasted: read by the server, then filled into the form.
import { ref, watch, type Ref } from 'vue'

import { api, type components } from '@/http'

import type { Draft } from './draft'

export type CodeLine = components['schemas']['CodeLineOut']

export const PAUSE = 300 // ms after the last key
const WHOLE = [72, 88, 90] // characters of the three kinds of zone (ICAO Doc 9303)

/** Without spaces and line breaks, capitals. */
export function tidyCodeLine(text: string): string {
  return text.replace(/\s+/g, '').toUpperCase()
}

/** Cut into its lines again, as printed. */
export function codeLines(text: string): string[] {
  const tidy = tidyCodeLine(text)
  const length = tidy.length === 90 ? 30 : tidy.length === 72 ? 36 : 44
  return tidy.match(new RegExp(`.{1,${length}}`, 'g')) ?? []
}

/** Fills what the line says; what it leaves open stays as it was typed. */
export function fillFrom(line: CodeLine, draft: Draft): void {
  if (line.number) draft.number = line.number
  draft.isSingleName = line.family_name === ''
  draft.familyName = line.family_name
  draft.givenNames = line.given_names
  draft.issuer = line.issuer || draft.issuer
  draft.nationality = line.nationality || draft.nationality
  draft.birthDate = line.birth_date ?? draft.birthDate
  draft.validTo = line.valid_to ?? draft.validTo
  if (line.sex !== 'U') draft.sex = line.sex
}

export function useCodeLine(draft: Draft): { line: Ref<CodeLine | null>; isWhole: () => boolean } {
  const line = ref<CodeLine | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let latest = 0

  async function ask(text: string): Promise<void> {
    const mine = ++latest
    const answer = await api.post('/api/documents/code-line', { body: { text } }).catch(() => null)
    if (mine !== latest || answer === null) return
    line.value = answer
    if (answer.is_read) fillFrom(answer, draft)
  }

  const isWhole = () => WHOLE.includes(tidyCodeLine(draft.codeLine).length)
  watch(
    () => draft.codeLine,
    (text) => {
      clearTimeout(timer)
      latest++
      line.value = null
      if (isWhole()) timer = setTimeout(() => void ask(text), PAUSE)
    },
  )
  return { line, isWhole }
}
