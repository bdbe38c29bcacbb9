/** `wx.onX` and `wx.offX`: who wants to hear what. */

type Listener = (result?: any) => void

const listeners = new Map<string, Set<Listener>>()

/** The pair of calls for an event. */
export function listenable(event: string): Record<string, (listener?: Listener) => void> {
  const heard = new Set<Listener>()
  listeners.set(event, heard)
  return {
    [`on${event}`]: (listener) => void (listener && heard.add(listener)),
    [`off${event}`]: (listener) => (listener ? void heard.delete(listener) : heard.clear()),
  }
}

/** Tells all who listen. */
export function emit(event: string, result?: unknown): void {
  for (const listener of listeners.get(event) ?? []) listener(result)
}
