import { beforeEach, expect, it } from 'vitest'

import { answers, calls } from '../../tests/uni'

import { api, forgetSession, getSession, isSignedIn, keepSession, Refusal } from '.'

const FRESH = { token: 'fresh', refresh_token: 'next' }

beforeEach(() => keepSession({ token: 'old', refreshToken: 'refresh-1' }))

it('sends the token and the language', async () => {
  answers((call) => call.answer(200, []))
  await api.get('/api/appointments')
  expect(calls[0]?.header['Authorization']).toBe('Bearer old')
  expect(calls[0]?.header['Accept-Language']).toBe('en')
})

it('puts values into the address', async () => {
  answers((call) => call.answer(200, []))
  await api.get('/api/people/{person_id}/bills', { path: { person_id: 'a b' } })
  expect(calls[0]?.url).toBe('/api/people/a%20b/bills')
})

it('refreshes once while others wait, and sends each waiting call once more', async () => {
  const both = Promise.all([api.get('/api/appointments'), api.get('/api/people')])
  await settle()
  calls[0]?.answer(401, problem('not_signed_in'))
  calls[1]?.answer(401, problem('not_signed_in'))
  await settle()
  expect(calls.map((call) => call.url)).toEqual(['/api/appointments', '/api/people', '/api/sign-in/refresh'])
  expect(calls[2]?.data).toEqual({ refresh_token: 'refresh-1' })
  calls[2]?.answer(200, FRESH)
  await settle()
  expect(calls.slice(3).map((call) => [call.url, call.header['Authorization']])).toEqual([
    ['/api/appointments', 'Bearer fresh'],
    ['/api/people', 'Bearer fresh'],
  ])
  calls[3]?.answer(200, ['a'])
  calls[4]?.answer(200, ['b'])
  expect(await both).toEqual([['a'], ['b']])
})

it('lets a write that comes during a refresh wait, and sends it once', async () => {
  const reading = api.get('/api/appointments')
  await settle()
  calls[0]?.answer(401, problem('not_signed_in'))
  await settle()
  const writing = api.post('/api/sign-out')
  await settle()
  expect(calls.filter((call) => call.url === '/api/sign-out')).toHaveLength(0)
  calls[1]?.answer(200, FRESH)
  await settle()
  const sent = calls.filter((call) => call.url === '/api/sign-out')
  expect(sent).toHaveLength(1)
  expect(sent[0]?.header['Authorization']).toBe('Bearer fresh')
  calls.find((call) => call.url === '/api/appointments' && call.header['Authorization'] === 'Bearer fresh')?.answer(200, [])
  sent[0]?.answer(204)
  await Promise.all([reading, writing])
})

it('forgets the session when the refresh is refused', async () => {
  const reading = api.get('/api/appointments').catch((error: unknown) => error)
  await settle()
  calls[0]?.answer(401, problem('not_signed_in'))
  await settle()
  calls[1]?.answer(401, problem('not_signed_in'))
  expect(await reading).toMatchObject({ kind: 'signed-out' })
  expect(getSession()).toBeNull()
  expect(isSignedIn.value).toBe(false)
})

it('keeps the session when the refresh did not reach the server', async () => {
  const reading = api.get('/api/appointments').catch((error: unknown) => error)
  await settle()
  calls[0]?.answer(401, problem('not_signed_in'))
  await settle()
  calls[1]?.fail('request:fail timeout')
  expect(await reading).toMatchObject({ kind: 'timeout' })
  expect(getSession()?.token).toBe('old')
})

it('never repeats a write by itself', async () => {
  answers((call) => call.fail())
  await expect(api.post('/api/sign-out')).rejects.toMatchObject({ kind: 'offline' })
  expect(calls).toHaveLength(1)
})

it("gives the server's words and facts of a refusal", async () => {
  forgetSession()
  answers((call) =>
    call.answer(422, { ...problem('malformed_request'), detail: 'Something is missing.', facts: { fields: [{ at: 'body.email' }] } }),
  )
  const error = await api.post('/api/sign-in/codes', { body: { email: '', language: 'en' } as never }).catch((each: unknown) => each)
  expect(error).toBeInstanceOf(Refusal)
  expect(error).toMatchObject({ kind: 'refused', code: 'malformed_request', message: 'Something is missing.', fields: ['email'] })
})

function problem(code: string) {
  return { type: `urn:imc:problem:${code}`, title: code, status: 401, code, detail: code }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}
