// What the generated description says about each address, in a form that calls can use.
import type { paths } from './schema'

export type Paths = paths
export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** The addresses that take the method. */
export type PathOf<M extends Method> = {
  [P in keyof Paths]: Paths[P] extends Record<M, infer Operation> ? ([Operation] extends [undefined] ? never : P) : never
}[keyof Paths]

type OperationOf<P extends keyof Paths, M extends Method> = Paths[P] extends Record<M, infer Operation> ? Operation : never

type Parameters<Operation, Place extends string> = Operation extends { parameters: infer All }
  ? All extends { [name in Place]?: infer Found }
    ? Exclude<Found, undefined>
    : never
  : never

type BodyOf<Operation> = Operation extends { requestBody?: { content: infer Content } }
  ? Content extends { 'application/json': infer Body }
    ? Body
    : never
  : never

type Needed<Name extends string, Value> = [Value] extends [never]
  ? { [name in Name]?: undefined }
  : Record<never, never> extends Value
    ? { [name in Name]?: Value }
    : { [name in Name]: Value }

/** The JSON of a successful answer; `void` for 204. */
export type Answer<P extends keyof Paths, M extends Method> =
  OperationOf<P, M> extends { responses: infer Responses }
    ? Responses extends { 200: { content: { 'application/json': infer Body } } }
      ? Body
      : Responses extends { 201: { content: { 'application/json': infer Body } } }
        ? Body
        : Responses extends { 202: { content: { 'application/json': infer Body } } }
          ? Body
          : void
    : never

/** The values of a call: `{ path: { person_id }, query: { … }, body: { … } }`. */
export type Call<P extends keyof Paths, M extends Method> = Needed<'path', Parameters<OperationOf<P, M>, 'path'>> &
  Needed<'query', Parameters<OperationOf<P, M>, 'query'>> &
  Needed<'body', BodyOf<OperationOf<P, M>>> & {
    /** Sent as Idempotency-Key, so that the same act is done once however often it is sent. */
    idempotencyKey?: string
    /** Seconds until a call without an answer is given up. */
    seconds?: number
  }

export type { components } from './schema'
