/** How a call of `wx.*` answers: by callbacks, or by a promise when none is given. */

import { calls, type Json } from '../program'

/** What went wrong, in WeChat's words behind `name:fail `. */
export class Failure extends Error {
  constructor(
    message: string,
    readonly more: Json = {},
  ) {
    super(message)
  }
}

export type Call = (parameters?: Json) => unknown

/** A call that does its work later and then tells success, fail and complete. */
export function answered(name: string, act: (parameters: Json) => unknown): Call {
  return (parameters = {}) => {
    const work = Promise.resolve().then(() => act(parameters))
    const promise = work.then(
      (result) => {
        const answer = { errMsg: `${name}:ok`, ...(result as Json | undefined) }
        tell(parameters, 'success', answer)
        return answer
      },
      (error: unknown) => {
        const answer = describe(name, error)
        tell(parameters, 'fail', answer)
        throw answer
      },
    )
    if (parameters.success || parameters.fail || parameters.complete) {
      promise.catch(() => {})
      return undefined
    }
    return promise
  }
}

function describe(name: string, error: unknown): Json {
  const { message, more = {} } = error as Failure
  if (!(error instanceof Failure)) console.error(name, error)
  return { errMsg: `${name}:fail ${message ?? String(error)}`, ...more }
}

function tell(parameters: Json, outcome: 'success' | 'fail', answer: Json): void {
  calls.push(String(answer.errMsg))
  // A mistake in the program's own callback is the program's, not the call's: it shows as an uncaught error.
  setTimeout(() => {
    parameters[outcome]?.(answer)
    parameters.complete?.(answer)
  })
}

/** Many calls of one kind. */
export function answeredAll(acts: Record<string, (parameters: Json) => unknown>): Record<string, Call> {
  return Object.fromEntries(Object.entries(acts).map(([name, act]) => [name, answered(name, act)]))
}
