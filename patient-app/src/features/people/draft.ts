// What has been typed about a new person, step by step. It lives as long as the app: a lost network or a look at
// another page loses nothing, and nothing of it is written to the device.
import { reactive } from 'vue'

import { onSessionEnd, type components } from '@/http'
import type { Key } from '@/locale'
import { ageOn } from '@/locale/dates'

export type DocumentType = (typeof DOCUMENT_TYPES)[number]
export const DOCUMENT_TYPES = ['PASSPORT', 'HM_PERMIT', 'TW_PERMIT', 'HKID', 'MACAU_ID', 'HMT_RESIDENCE', 'FOREIGN_PR', 'PRC_ID', 'OTHER'] as const
export const RELATIONS = ['SELF', 'SPOUSE', 'CHILD', 'PARENT', 'OTHER'] as const
const CONSENT_AGE = 14
const FULL_AGE = 18

export interface Draft {
  type: DocumentType | ''
  codeLine: string
  number: string
  issuer: string
  validTo: string
  isSingleName: boolean
  familyName: string
  givenNames: string
  chineseName: string
  birthDate: string
  sex: string
  nationality: string
  relation: string
  guardianNotice: number // the version of the text to which a guardian agreed; 0 before
  phone: string
  email: string
  language: string
  needsInterpreter: boolean
}

export type Step = 'type' | 'document' | 'name' | 'relation'
export type Faults = Partial<Record<keyof Draft, Key>>

const EMPTY: Draft = {
  type: '', codeLine: '', number: '', issuer: '', validTo: '', isSingleName: false, familyName: '', givenNames: '', chineseName: '',
  birthDate: '', sex: '', nationality: '', relation: '', guardianNotice: 0, phone: '', email: '', language: '', needsInterpreter: false,
} // prettier-ignore

export const draft = reactive<Draft>({ ...EMPTY })

export function clearDraft(): void {
  Object.assign(draft, EMPTY)
}
onSessionEnd(clearDraft)

/** Documents whose number does not say by whom they were issued. */
export function needsIssuer(type: string): boolean {
  return type === 'PASSPORT' || type === 'OTHER'
}

/** Documents that carry a code line, whose letters and digits fill the form. */
export function hasCodeLine(type: string): boolean {
  return type !== 'PRC_ID' && type !== 'HKID'
}

export function needsGuardianConsent(birthDate: string, now: Date): boolean {
  return birthDate !== '' && ageOn(birthDate, now) < CONSENT_AGE
}

export function isMinor(birthDate: string, now: Date): boolean {
  return birthDate !== '' && ageOn(birthDate, now) < FULL_AGE
}

/** Who a person of this age can be to the reader. */
export function relationsFor(birthDate: string, now: Date): string[] {
  return RELATIONS.filter((relation) => !isMinor(birthDate, now) || relation === 'CHILD' || relation === 'OTHER')
}

const CHECKS: Record<Step, (draft: Draft, now: Date) => Faults> = {
  type: (typed) => (typed.type ? {} : { type: 'people.fault.type' }),
  document: (typed) => (typed.number.trim() ? {} : { number: 'people.fault.number' }),
  name: (typed, now) => ({
    ...(typed.givenNames.trim() || typed.familyName.trim() || typed.chineseName.trim() ? {} : { givenNames: 'people.fault.name' as const }),
    ...(typed.isSingleName || typed.familyName.trim() || !typed.givenNames.trim() ? {} : { familyName: 'people.fault.family' as const }),
    ...(!typed.birthDate || new Date(typed.birthDate) > now ? { birthDate: 'people.fault.birth' as const } : {}),
    ...(typed.sex ? {} : { sex: 'people.fault.sex' as const }),
    ...(typed.nationality ? {} : { nationality: 'people.fault.nationality' as const }),
  }),
  relation: (typed, now) => ({
    ...(relationsFor(typed.birthDate, now).includes(typed.relation) ? {} : { relation: 'people.fault.relation' as const }),
    ...(needsGuardianConsent(typed.birthDate, now) && typed.guardianNotice === 0 ? { guardianNotice: 'people.fault.consent' as const } : {}),
  }),
}

/** What is missing in one step, by field. */
export function faultsOf(step: Step, typed: Draft, now: Date): Faults {
  return CHECKS[step](typed, now)
}

/** The first step in which something is missing; null when the person can be saved. */
export function firstFaultyStep(typed: Draft, now: Date): Step | null {
  const steps: Step[] = ['type', 'document', 'name', 'relation']
  return steps.find((step) => Object.keys(faultsOf(step, typed, now)).length > 0) ?? null
}

function documentOf(typed: Draft): components['schemas']['DocumentIn'] {
  return {
    type: typed.type,
    number: typed.number.trim(),
    issuer: needsIssuer(typed.type) ? typed.issuer || typed.nationality : '',
    valid_to: typed.validTo || null,
  }
}

/** A single name goes into the given names: no family name is invented. */
function namesOf(typed: Draft): { family_name: string; given_names: string; chinese_name: string } {
  return {
    family_name: typed.isSingleName ? '' : typed.familyName.trim(),
    given_names: typed.givenNames.trim(),
    chinese_name: typed.chineseName.trim(),
  }
}

export function personOf(typed: Draft): components['schemas']['PersonIn'] {
  return {
    relation: typed.relation,
    ...namesOf(typed),
    preferred_name: '',
    sex: typed.sex,
    birth_date: typed.birthDate,
    nationality: typed.nationality,
    document: documentOf(typed),
    languages: typed.language ? [typed.language] : [],
    needs_interpreter: typed.needsInterpreter,
    phone: typed.phone.trim(),
    email: typed.email.trim(),
    guardian_notice: typed.guardianNotice || null,
  }
}

export function claimOf(typed: Draft): components['schemas']['ClaimIn'] {
  return {
    relation: typed.relation,
    ...namesOf(typed),
    birth_date: typed.birthDate,
    document: documentOf(typed),
    guardian_notice: typed.guardianNotice || null,
  }
}
