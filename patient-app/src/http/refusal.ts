/** Why a call did not succeed: the server's own words, or that it could not be reached. */
export type RefusalKind = 'refused' | 'signed-out' | 'offline' | 'timeout' | 'server'

export interface Problem {
  status: number
  code: string
  detail: string
  facts?: Record<string, unknown> | null
}

export class Refusal extends Error {
  readonly kind: RefusalKind
  /** HTTP status; 0 when there was no answer. */
  readonly status: number
  /** The stable code of the problem document, such as `slot_full`. */
  readonly code: string
  readonly facts: Record<string, unknown>

  constructor(kind: RefusalKind, problem: Problem) {
    super(problem.detail)
    this.name = 'Refusal'
    this.kind = kind
    this.status = problem.status
    this.code = problem.code
    this.facts = problem.facts ?? {}
  }

  /** The fields that the server could not read (`malformed_request`): the last part of each place. */
  get fields(): string[] {
    const fields = this.facts['fields']
    if (!Array.isArray(fields)) return []
    return fields.map((field: { at?: string }) => String(field.at ?? '').split('.').pop() ?? '')
  }
}

/** Any error as a refusal; what nobody foresaw counts as a fault of the server. */
export function asRefusal(error: unknown, words: string): Refusal {
  return error instanceof Refusal ? error : new Refusal('server', { status: 0, code: 'unexpected', detail: words })
}
