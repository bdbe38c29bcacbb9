import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick, reactive, ref } from 'vue'

import { keepSession } from '@/http'

import { runSetup } from '../../../tests/run-setup'
import { calls, uniMock } from '../../../tests/uni'
import { life } from '../../../tests/uni-app'

import { clearDraft, draft } from './draft'
import { useAddPerson } from './use-add-person'
import { useClaim } from './use-claim'
import { codeLines, PAUSE as LINE_PAUSE, tidyCodeLine, useCodeLine } from './use-code-line'
import { PAUSE, useDocumentCheck } from './use-document-check'
import { useSendFile, LARGEST } from './use-proof'

const ZONE = 'P<NGAOKAFOR<<IFEANYI<JOHN<<<<<<<<<<<<<<<<<<<\nA012345678NGA8603120M3105191<<<<<<<<<<<<<<<8'

beforeEach(() => {
  clearDraft()
  keepSession({ token: 'a', refreshToken: '' })
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await Promise.resolve()
}

describe('the check of a number', () => {
  const typed = () => reactive({ type: 'HKID', number: '', birthDate: '', sex: '', nationality: '', validTo: '' })

  it('asks once the reader pauses, and the latest answer wins', async () => {
    const form = typed()
    const { result } = runSetup(() => useDocumentCheck(() => ({ ...form })))
    form.number = 'A123456(3'
    await nextTick()
    vi.advanceTimersByTime(PAUSE - 1)
    expect(calls).toHaveLength(0)
    form.number = 'A123456(4)'
    await nextTick()
    vi.advanceTimersByTime(PAUSE)
    await settle()
    form.number = 'A123456(3)'
    await nextTick()
    vi.advanceTimersByTime(PAUSE)
    await settle()
    expect(calls.map((call) => (call.data as { number: string }).number)).toEqual(['A123456(4)', 'A123456(3)'])
    calls[1]?.answer(200, { warnings: [] })
    calls[0]?.answer(200, { warnings: [{ code: 'CHECK_WRONG', text: 'x' }] })
    await settle()
    expect(result.check.value?.warnings).toEqual([])
  })

  it('is silent without a network and for two characters', async () => {
    const form = typed()
    const { result } = runSetup(() => useDocumentCheck(() => ({ ...form })))
    form.number = 'A1'
    await nextTick()
    vi.advanceTimersByTime(PAUSE)
    expect(calls).toHaveLength(0)
    form.number = 'A123456'
    await nextTick()
    vi.advanceTimersByTime(PAUSE)
    await settle()
    calls[0]?.fail()
    await settle()
    expect(result.check.value).toBeNull()
  })
})

describe('the code line', () => {
  it('is tidied and cut into its lines', () => {
    expect(tidyCodeLine(' p<nga\n ok ')).toBe('P<NGAOK')
    expect(codeLines(ZONE).map((line) => line.length)).toEqual([44, 44])
    expect(codeLines('x'.repeat(90))).toHaveLength(3)
  })

  it('fills the form when it is whole, and leaves open what it does not say', async () => {
    draft.chineseName = '奥卡福'
    const { result } = runSetup(() => useCodeLine(draft))
    draft.codeLine = ZONE.slice(0, 40)
    await nextTick()
    vi.advanceTimersByTime(LINE_PAUSE)
    expect(calls).toHaveLength(0)
    draft.codeLine = ZONE
    await nextTick()
    vi.advanceTimersByTime(LINE_PAUSE)
    await settle()
    calls[0]?.answer(200, {
      is_read: true, is_passport: true, family_name: 'OKAFOR', given_names: 'IFEANYI JOHN', number: 'A01234567', issuer: 'NGA',
      nationality: '', birth_date: '1986-03-12', sex: 'U', valid_to: '2031-05-19', warnings: [],
    }) // prettier-ignore
    await settle()
    expect(result.line.value?.is_read).toBe(true)
    expect(draft).toMatchObject({ familyName: 'OKAFOR', number: 'A01234567', birthDate: '1986-03-12', sex: '', nationality: '', chineseName: '奥卡福' })
  })
})

describe('saving', () => {
  it('keeps what was typed when the network fails, and sends it again', async () => {
    Object.assign(draft, { type: 'PASSPORT', number: '1', givenNames: 'A', birthDate: '1988-02-14' })
    const { save } = runSetup(useAddPerson).result
    void save.run()
    void save.run()
    await settle()
    expect(calls).toHaveLength(1)
    calls[0]?.fail()
    await settle()
    expect(save.refusal?.kind).toBe('offline')
    expect(draft.givenNames).toBe('A')
    void save.run()
    await settle()
    calls[1]?.answer(201, { id: 'p1', warnings: [] })
    await settle()
    expect(draft.givenNames).toBe('')
    expect(uniMock.reLaunch).toHaveBeenCalledWith({ url: '/people/person?id=p1&added=1' })
  })

  it('turns a known document into a request for the record', async () => {
    Object.assign(draft, { type: 'PASSPORT', number: '1', givenNames: 'A', birthDate: '1988-02-14' })
    const { save, claim } = runSetup(useAddPerson).result
    void save.run()
    await settle()
    calls[0]?.answer(409, { status: 409, code: 'document_taken', detail: 'known' })
    await settle()
    expect(save.refusal?.code).toBe('document_taken')
    void claim.run()
    await settle()
    expect(calls[1]?.url).toContain('/api/people/claims')
    calls[1]?.answer(201, { id: 'c1' })
    await settle()
    expect(uniMock.reLaunch).toHaveBeenCalledWith({ url: '/people/claim?id=c1' })
  })
})

describe('a claim', () => {
  it('is found among one\'s own, and one that is gone says so', async () => {
    const { result } = runSetup(() => useClaim(ref('c1')))
    life('show')
    await settle()
    calls[0]?.answer(200, [{ id: 'c2' }])
    await settle()
    expect(result.load.refusal?.code).toBe('unknown_claim')
  })

  it('asks for the code over the way that was chosen, else the first there is', async () => {
    const { result } = runSetup(() => useClaim(ref('c1')))
    life('show')
    await settle()
    calls[0]?.answer(200, [{ id: 'c1', code_address: 'a****@example.com', code_phone: '+44****0123', code_sent_by: null }])
    await settle()
    expect([result.ways.value, result.way.value]).toEqual([['EMAIL', 'PHONE'], 'EMAIL'])
    result.way.value = 'PHONE'
    void result.sendCode.run()
    await settle()
    expect(calls[1]?.data).toEqual({ by: 'PHONE' })
  })

  it('knows the way of the last code, and none where there is none', async () => {
    const { result } = runSetup(() => useClaim(ref('c1')))
    life('show')
    await settle()
    calls[0]?.answer(200, [{ id: 'c1', code_address: 'a', code_phone: 'b', code_sent_by: 'PHONE' }])
    await settle()
    expect(result.way.value).toBe('PHONE')
    void result.load.reload()
    await settle()
    calls[1]?.answer(200, [{ id: 'c1', code_address: '', code_phone: '', code_sent_by: 'PHONE' }])
    await settle()
    expect(result.way.value).toBeUndefined()
  })

  it('stays with its code when the code is wrong', async () => {
    const { result } = runSetup(() => useClaim(ref('c1')))
    result.code.value = ' 123456 '
    void result.verify.run()
    await settle()
    expect(calls[0]?.data).toEqual({ code: '123456' })
    calls[0]?.answer(422, { status: 422, code: 'wrong_claim_code', detail: 'no' })
    await settle()
    expect(result.verify.refusal?.code).toBe('wrong_claim_code')
    expect(result.code.value).toBe(' 123456 ')
  })
})

describe('a picture', () => {
  it('above the limit is not taken', async () => {
    vi.useRealTimers()
    const picked = (size: number) => ({ tempFilePaths: ['/tmp/a.jpg'], tempFiles: [{ path: '/tmp/a.jpg', name: 'a.jpg', size }] })
    const { result } = runSetup(() => useSendFile(() => '/api/x', () => ({}), () => undefined))
    Object.assign(uniMock, { chooseImage: ({ success }: { success: (answer: unknown) => void }) => success(picked(LARGEST + 1)) })
    await result.pick()
    expect(result.state.fault).toBe('too-large')
    expect(result.picked.value).toBeNull()
    Object.assign(uniMock, { chooseImage: ({ success }: { success: (answer: unknown) => void }) => success(picked(1000)) })
    await result.pick()
    expect(result.state.fault).toBe('')
    expect(result.picked.value?.size).toBe(1000)
  })
})
