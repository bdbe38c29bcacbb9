import { expect, it } from 'vitest'

import { stopsAround, targetOf, type NextStep, type Node } from './use-home'

const node = (key: string, state: string): Node => ({ key, kind: key, state }) as Node

it('shows the step before, the present one and the next', () => {
  const nodes = ['a', 'b', 'c', 'd', 'e'].map((key, at) => node(key, at < 2 ? 'DONE' : at === 2 ? 'NOW' : 'TODO'))
  expect(stopsAround(nodes, nodes[2]!).map((each) => each.key)).toEqual(['b', 'c', 'd'])
  expect(stopsAround(nodes, nodes[0]!).map((each) => each.key)).toEqual(['a', 'b', 'c'])
  expect(stopsAround(nodes, nodes[4]!).map((each) => each.key)).toEqual(['c', 'd', 'e'])
  expect(stopsAround(nodes, null).map((each) => each.key)).toEqual(['c', 'd', 'e'])
})

it('leaves skipped steps out', () => {
  const nodes = [node('a', 'DONE'), node('b', 'SKIPPED'), node('c', 'NOW'), node('d', 'TODO')]
  expect(stopsAround(nodes, nodes[2]!).map((each) => each.key)).toEqual(['a', 'c', 'd'])
})

it('leads each action to its page', () => {
  const next = (action: string | null, target = '', hasVisit = true) =>
    ({ current: { action, target }, journey: { appointment: { id: 'A' }, visit: hasVisit ? {} : null }, person: { id: 'P' } }) as unknown as NextStep
  expect(targetOf(next('PAY', 'P2'))).toEqual({ to: '/bills/bills', query: { person: 'P2' } })
  expect(targetOf(next('OPEN_REPORT', 'R'))).toEqual({ to: '/reports/report', query: { id: 'R' } })
  expect(targetOf(next('SEE_QUEUE', 'A'))).toEqual({ to: '/visit/queue', query: { id: 'A' } })
  expect(targetOf(next('BOOK'))).toEqual({ to: '/booking/confirm', query: { id: 'A' } })
  expect(targetOf(next(null, '', false))).toEqual({ to: '/booking/appointment', query: { id: 'A' } })
  expect(targetOf(next(null))).toEqual({ to: '/visit/journey', query: { id: 'A' } })
})
