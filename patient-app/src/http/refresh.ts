// Gets a new token with the refresh token: once, however many calls wait for it.
import { Refusal } from './refusal'
import { forgetSession, keepSession, restoreSession, type Session } from './session'
import { headersFor, send } from './transport'

const ADDRESS = '/api/sign-in/refresh'

let running: Promise<Session> | null = null

/** The refresh that is under way, if any: a new call waits for it instead of going out with the old token. */
export function refreshUnderWay(): Promise<Session> | null {
  return running
}

/**
 * The session after the one whose token was refused. When another call has renewed it meanwhile, that one.
 * Rejects with a `Refusal` of kind `signed-out` when the session is over; the device has then forgotten it.
 */
export function renewSession(refused: Session): Promise<Session> {
  // Another tab may have renewed it: a refresh token that is shown a second time would end the session everywhere.
  const present = restoreSession()
  if (present === null) return Promise.reject(endSession())
  if (present.token !== refused.token) return Promise.resolve(present)
  running ??= renew(refused).finally(() => {
    running = null
  })
  return running
}

async function renew(old: Session): Promise<Session> {
  if (!old.refreshToken) throw endSession()
  try {
    const answer = (await send({
      method: 'POST',
      url: ADDRESS,
      body: { refresh_token: old.refreshToken },
      headers: headersFor(''),
    })) as { token: string; refresh_token?: string }
    const renewed = { token: answer.token, refreshToken: answer.refresh_token ?? old.refreshToken }
    keepSession(renewed)
    return renewed
  } catch (error) {
    if (error instanceof Refusal && (error.kind === 'signed-out' || error.kind === 'refused')) throw endSession()
    throw error
  }
}

function endSession(): Refusal {
  forgetSession()
  return new Refusal('signed-out', { status: 401, code: 'not_signed_in', detail: '' })
}
