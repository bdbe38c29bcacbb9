import { beforeEach, expect, it, vi } from 'vitest'

import { forgetSession, getSession, keepSession } from '@/http'
import { setLanguage } from '@/locale'
import { runSetup } from '../../../tests/run-setup'
import { answers, calls, uniMock } from '../../../tests/uni'
import { life } from '../../../tests/uni-app'

import { acceptedNotice, acceptNotice, enter, nextPage, sentTo } from './entry'
import { followLanguage } from './use-account'
import { useChoices } from './use-choices'
import { digitsOf, useCode, usePause } from './use-code'
import { useContact } from './use-contact'
import { partsOf } from './use-notice'
import { usePassword, useReset } from './use-password'
import { useDeletion } from './use-privacy'
import { useSignIn } from './use-sign-in'

const TOKENS = { token: 'a', refresh_token: 'r', expires_in: 1800, is_new_account: true }
const settle = () => new Promise((resolve) => setTimeout(resolve))
const problem = (code: string, facts: object = {}) => ({ type: '', title: code, status: 409, code, detail: code, facts })

beforeEach(() => {
  forgetSession()
  acceptNotice(0)
  sentTo.value = null
  nextPage.value = ''
  vi.clearAllMocks()
})

it('asks for a code only with an address and the privacy notice accepted', async () => {
  answers((call) => call.answer(call.url.includes('notices') ? 200 : 204, { version: 2, title: {}, body: {} }))
  const { result: page } = runSetup(useSignIn)
  life('show')
  await settle()
  await page.run()
  expect(page.addressFault.value).not.toBe('')
  expect(page.acceptFault.value).not.toBe('')
  page.address.value = ' +44 7700 900123 '
  await page.run()
  expect(calls.filter((call) => call.method === 'POST')).toEqual([])
  page.isAccepted.value = true
  await page.run()
  expect(calls.at(-1)).toMatchObject({ url: '/api/sign-in/codes', data: { address: '+44 7700 900123', language: 'en', purpose: 'SIGN_IN' } })
  expect(sentTo.value).toBe('+44 7700 900123')
  expect(uniMock.navigateTo).toHaveBeenCalledWith({ url: '/account/code' })
})

it('forgets that an older notice was accepted', async () => {
  acceptNotice(1)
  answers((call) => call.answer(200, { version: 2, title: {}, body: {} }))
  const { result: page } = runSetup(useSignIn)
  life('show')
  await settle()
  expect(page.isAccepted.value).toBe(false)
})

it('signs in with a password without asking for the notice', async () => {
  answers((call) => call.answer(200, call.method === 'POST' ? TOKENS : { version: 1 }))
  const { result: page } = runSetup(useSignIn)
  page.choose('password')
  page.address.value = 'a@example.com'
  await page.run()
  expect(page.passwordFault.value).not.toBe('')
  page.password.value = 'quiet-harbor-27'
  await page.run()
  expect(getSession()).toEqual({ token: 'a', refreshToken: 'r' })
})

it('spends a code once, however often the button is pressed, and goes where the reader wanted to', async () => {
  sentTo.value = 'a@example.com'
  nextPage.value = '/booking/confirm?id=7'
  acceptNotice(1)
  const { result: page } = runSetup(() => useCode(vi.fn()))
  page.typed.value = '123 456'
  void page.signIn.run()
  void page.signIn.run()
  await settle()
  expect(calls).toHaveLength(1)
  expect(calls[0]).toMatchObject({ data: { address: 'a@example.com', code: '123456', privacy_notice: 1 } })
  calls[0]!.answer(200, TOKENS)
  await settle()
  expect(uniMock.redirectTo).toHaveBeenCalledWith({ url: '/booking/confirm?id=7' })
})

it('shows the new notice when the server asks for it, and keeps the code', async () => {
  sentTo.value = 'a@example.com'
  answers((call) => call.answer(409, problem('privacy_consent_needed', { version: 2 })))
  const { result: page } = runSetup(() => useCode(vi.fn()))
  page.typed.value = '123456'
  await page.signIn.run()
  expect(page.needsNotice.value).toBe(true)
  expect(page.typed.value).toBe('123456')
})

it('leaves the page of the code when nothing was sent', () => {
  const leave = vi.fn()
  runSetup(() => useCode(leave))
  life('load', {})
  expect(leave).toHaveBeenCalled()
})

it('reads digits from what people paste', () => {
  expect(digitsOf('Your code: 123 456.')).toBe('123456')
  expect(digitsOf('１２３４５６')).toBe('123456')
  expect(digitsOf('12345678')).toBe('123456')
})

it('counts down until another code may be asked for', () => {
  vi.useFakeTimers()
  const { result: pause } = runSetup(usePause)
  vi.advanceTimersByTime(59_000)
  expect(pause.left.value).toBe(1)
  vi.advanceTimersByTime(5000)
  expect(pause.left.value).toBe(0)
  vi.useRealTimers()
})

it('goes home after signing in when nothing else was wanted', () => {
  enter(TOKENS)
  expect(uniMock.reLaunch).toHaveBeenCalledWith({ url: '/pages/home' })
  expect(acceptedNotice.value).toBe(0)
})

it('draws a notice from headings, paragraphs and lists', () => {
  expect(partsOf('## One\ntext\n\n- a\n- b\n\n## Two')).toEqual([
    { kind: 'heading', words: 'One' },
    { kind: 'text', words: 'text' },
    { kind: 'list', lines: ['a', 'b'] },
    { kind: 'heading', words: 'Two' },
  ])
})

it('sends a code to a new address and keeps the address when the code is wrong', async () => {
  const done = vi.fn()
  answers((call) => (call.method === 'POST' ? call.answer(204) : call.answer(422, problem('wrong_code'))))
  const { result: page } = runSetup(() => useContact(() => 'email', done))
  page.address.value = 'new@example.com'
  await page.run()
  expect(page.isSent.value).toBe(true)
  await page.run()
  expect(calls).toHaveLength(1)
  page.typed.value = '123456'
  await page.run()
  expect(page.refusal.value?.code).toBe('wrong_code')
  expect(done).not.toHaveBeenCalled()
  page.edit()
  expect(page.address.value).toBe('new@example.com')
})

it('asks for the present password only where there is one', async () => {
  answers((call) => call.answer(204))
  const done = vi.fn()
  const { result: first } = runSetup(() => usePassword(() => false, done))
  first.fresh.value = 'short'
  await first.run()
  expect(calls).toHaveLength(0)
  first.fresh.value = 'quiet-harbor-27'
  await first.run()
  expect(done).toHaveBeenCalledTimes(1)
  const { result: second } = runSetup(() => usePassword(() => true, done))
  second.fresh.value = 'quiet-harbor-27'
  await second.run()
  expect(second.currentFault.value).not.toBe('')
  expect(calls).toHaveLength(1)
})

it('resets a forgotten password in two steps', async () => {
  answers((call) => (call.url.endsWith('codes') ? call.answer(204) : call.answer(200, TOKENS)))
  const { result: page } = runSetup(() => useReset())
  page.address.value = 'a@example.com'
  await page.run()
  expect(calls[0]).toMatchObject({ data: { purpose: 'RESET_PASSWORD' } })
  page.typed.value = '123456'
  page.fresh.value = 'quiet-harbor-27'
  await page.run()
  expect(getSession()?.token).toBe('a')
})

it('turns a notification off at once and back when the server did not take it', async () => {
  keepSession({ token: 'a', refreshToken: 'r' })
  const on = { topic: 'RESULTS', channel: 'EMAIL', is_wanted: true }
  answers((call) => (call.method === 'GET' ? call.answer(200, [on]) : undefined))
  const { result: page } = runSetup(useChoices)
  life('show')
  await settle()
  const turned = page.turn('RESULTS', 'EMAIL', false)
  expect(page.isWanted('RESULTS', 'EMAIL')).toBe(false)
  await settle()
  calls.at(-1)!.answer(500, problem('server_error'))
  await turned
  expect(page.isWanted('RESULTS', 'EMAIL')).toBe(true)
  expect(page.refusal.value).not.toBeNull()
})

it('tells the server the language only of somebody who is signed in', async () => {
  setLanguage('en')
  followLanguage()
  setLanguage('zh-Hans')
  await settle()
  expect(calls).toHaveLength(0)
  keepSession({ token: 'a', refreshToken: 'r' })
  setLanguage('zh-Hant')
  await settle()
  expect(calls.at(-1)).toMatchObject({ method: 'PATCH', url: '/api/account', data: { language: 'zh-hant' } })
  setLanguage('en')
})

it('deletes the account only with a code, and forgets the session', async () => {
  keepSession({ token: 'a', refreshToken: 'r' })
  answers((call) => (call.method === 'GET' ? call.answer(200, { open_bills: 0, coming_appointments: 0, goes: [], stays: [] }) : call.answer(204)))
  const { result: page } = runSetup(useDeletion)
  life('show')
  await settle()
  expect(page.isFree.value).toBe(true)
  await page.run()
  await page.run()
  expect(calls.filter((call) => call.url.endsWith('/deletion') && call.method === 'POST')).toHaveLength(0)
  page.typed.value = '123456'
  await page.run()
  expect(getSession()).toBeNull()
  expect(uniMock.reLaunch).toHaveBeenCalledWith({ url: '/account/deleted' })
})
