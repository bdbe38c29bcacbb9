// Sending a form: nothing goes out twice, and what was typed stays when it fails.
import { reactive } from 'vue'

import { asRefusal, newKey, type Refusal } from '@/http'
import { t } from '@/locale'

export interface Submit<Arguments extends unknown[], Result> {
  isBusy: boolean
  refusal: Refusal | null
  result: Result | null
  /** Sends; while one is under way a second call does nothing. Resolves with whether it succeeded; never rejects. */
  run: (...given: Arguments) => Promise<boolean>
  /** Whether the server named this field as wrong. */
  isWrong: (field: string) => boolean
  reset: () => void
}

/**
 * `send` gets a key first, the same at each new try until one succeeds, so that the server does the act once even
 * when its answer was lost. Give it to bodies that take an `idempotency_key`.
 */
export function useSubmit<Arguments extends unknown[], Result>(
  send: (key: string, ...given: Arguments) => Promise<Result>,
  done?: (result: Result) => void,
): Submit<Arguments, Result> {
  let key = newKey()
  const submit = reactive({ isBusy: false, refusal: null, result: null, run, isWrong, reset }) as Submit<Arguments, Result>

  async function run(...given: Arguments): Promise<boolean> {
    if (submit.isBusy) return false
    submit.isBusy = true
    submit.refusal = null
    try {
      const result = await send(key, ...given)
      submit.result = result
      key = newKey()
      done?.(result)
      return true
    } catch (error) {
      submit.refusal = asRefusal(error, t('problem.server'))
      // A refusal is an answer: the next try is a new act. Without an answer it is the same one again.
      if (submit.refusal.kind === 'refused') key = newKey()
      return false
    } finally {
      submit.isBusy = false
    }
  }

  function isWrong(field: string): boolean {
    return submit.refusal?.fields.includes(field) ?? false
  }

  function reset(): void {
    submit.refusal = null
    submit.result = null
    key = newKey()
  }

  return submit
}
