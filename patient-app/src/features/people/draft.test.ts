import { beforeEach, describe, expect, it } from 'vitest'

import { forgetSession, keepSession } from '@/http'

import { claimOf, clearDraft, draft, faultsOf, firstFaultyStep, needsGuardianConsent, personOf, relationsFor } from './draft'

const NOW = new Date('2026-11-25T02:00:00Z')

beforeEach(clearDraft)

function fill(changes: Partial<typeof draft> = {}): void {
  Object.assign(draft, {
    type: 'PASSPORT', number: ' 533401782 ', familyName: 'Okafor', givenNames: 'Amara Ngozi', birthDate: '1988-02-14', sex: 'F',
    nationality: 'NGA', relation: 'SELF',
  }, changes) // prettier-ignore
}

describe('steps', () => {
  it('names what is missing, step by step', () => {
    expect(firstFaultyStep(draft, NOW)).toBe('type')
    draft.type = 'HKID'
    expect(firstFaultyStep(draft, NOW)).toBe('document')
    expect(faultsOf('name', draft, NOW)).toMatchObject({ givenNames: 'people.fault.name', birthDate: 'people.fault.birth', sex: 'people.fault.sex' })
    fill()
    expect(firstFaultyStep(draft, NOW)).toBeNull()
  })

  it('refuses a birth date that lies ahead', () => {
    fill({ birthDate: '2027-01-01' })
    expect(firstFaultyStep(draft, NOW)).toBe('name')
  })

  it('asks for the family name unless there is one name only, and for none where a Chinese name stands alone', () => {
    fill({ familyName: '' })
    expect(faultsOf('name', draft, NOW)).toEqual({ familyName: 'people.fault.family' })
    fill({ familyName: '', isSingleName: true })
    expect(faultsOf('name', draft, NOW)).toEqual({})
    fill({ familyName: '', givenNames: '', isSingleName: false, chineseName: '陈嘉怡' })
    expect(faultsOf('name', draft, NOW)).toEqual({})
  })
})

describe('children', () => {
  it('are nobody\'s self, spouse or parent', () => {
    expect(relationsFor('2009-01-01', NOW)).toEqual(['CHILD', 'OTHER'])
    expect(relationsFor('2008-11-25', NOW)).toContain('SELF')
  })

  it('under 14 need a guardian who agrees', () => {
    expect(needsGuardianConsent('2012-11-26', NOW)).toBe(true)
    expect(needsGuardianConsent('2012-11-25', NOW)).toBe(false)
    fill({ birthDate: '2019-07-09', relation: 'CHILD' })
    expect(faultsOf('relation', draft, NOW)).toEqual({ guardianNotice: 'people.fault.consent' })
    draft.guardianNotice = 1
    expect(firstFaultyStep(draft, NOW)).toBeNull()
  })

  it('lose a relation that their age does not allow', () => {
    fill({ birthDate: '2019-07-09', relation: 'SPOUSE', guardianNotice: 1 })
    expect(faultsOf('relation', draft, NOW)).toEqual({ relation: 'people.fault.relation' })
  })
})

describe('what is sent', () => {
  it('keeps names as printed and takes the nationality as issuer of a passport', () => {
    fill({ familyName: 'Núñez-Ōta ', validTo: '2031-05-19' })
    expect(personOf(draft)).toMatchObject({
      family_name: 'Núñez-Ōta',
      document: { type: 'PASSPORT', number: '533401782', issuer: 'NGA', valid_to: '2031-05-19' },
    })
  })

  it('invents no family name and no issuer', () => {
    fill({ isSingleName: true, familyName: 'left over', type: 'HM_PERMIT', issuer: 'CHN' })
    expect(personOf(draft)).toMatchObject({ family_name: '', given_names: 'Amara Ngozi', document: { issuer: '', valid_to: null } })
  })

  it('asks for a record with the same document, name and birth date', () => {
    fill()
    expect(claimOf(draft)).toMatchObject({ birth_date: '1988-02-14', family_name: 'Okafor', relation: 'SELF', document: { number: '533401782' } })
  })

  it('is forgotten when the session ends', () => {
    keepSession({ token: 'a', refreshToken: '' })
    fill()
    forgetSession()
    expect(draft.number).toBe('')
  })
})
