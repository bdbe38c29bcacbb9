// What a document number says while it is typed: warnings, and what it tells of its holder. Never in the way: without
// a network it is silent, and the server looks again when the form is sent.
import { ref, watch, type Ref } from 'vue'

import { api, type components } from '@/http'

export type DocumentCheck = components['schemas']['DocumentCheckOut']
export interface Typed {
  type: string
  number: string
  birthDate: string
  sex: string
  nationality: string
  validTo: string
}

export const PAUSE = 400 // ms after the last key
const SHORTEST = 4

export function useDocumentCheck(read: () => Typed): { check: Ref<DocumentCheck | null> } {
  const check = ref<DocumentCheck | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let latest = 0

  async function ask(typed: Typed): Promise<void> {
    const mine = ++latest
    const body = {
      type: typed.type,
      number: typed.number.slice(0, 40),
      birth_date: typed.birthDate || null,
      sex: typed.sex,
      nationality: typed.nationality,
      valid_to: typed.validTo || null,
    }
    const answer = await api.post('/api/documents/check', { body }).catch(() => null)
    if (mine === latest) check.value = answer
  }

  watch(
    read,
    (typed) => {
      clearTimeout(timer)
      latest++
      check.value = null
      if (typed.type && typed.number.trim().length >= SHORTEST) timer = setTimeout(() => void ask(typed), PAUSE)
    },
    { immediate: true },
  )

  return { check }
}
