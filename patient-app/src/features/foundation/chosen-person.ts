// For whom the reader acts now: themselves or one of their people. Bills, reports and booking follow it.
import { computed, ref, type ComputedRef } from 'vue'

import { api, onSessionEnd, type components } from '@/http'

import { useLoad, type Load } from './use-load'

export type Person = components['schemas']['PersonOut']

const STORED = 'person'
const chosenId = ref('')
onSessionEnd(() => {
  chosenId.value = ''
  uni.removeStorageSync(STORED)
})

export function choosePerson(id: string): void {
  chosenId.value = id
  uni.setStorageSync(STORED, id)
}

/** The one who was chosen on this device, else the account's own person, else the first. */
export function personAmong(people: readonly Person[]): Person | null {
  const wanted = chosenId.value || String(uni.getStorageSync(STORED))
  return people.find((each) => each.id === wanted) ?? people.find((each) => each.is_default) ?? people[0] ?? null
}

/** The people of the account, and the one chosen among them. */
export function useChosenPerson(): { people: Load<Person[]>; person: ComputedRef<Person | null> } {
  const people = useLoad(() => api.get('/api/people'), { key: 'people', needsSignIn: true })
  return { people, person: computed(() => personAmong(people.data ?? [])) }
}
