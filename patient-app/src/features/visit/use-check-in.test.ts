import { expect, it } from 'vitest'

import { codeIn } from './use-check-in'

it('finds the code in the address on the screen, and takes what is no address as it is', () => {
  expect(codeIn('https://imc.example.com/#/visit/check-in?code=K7M2QX4P')).toBe('K7M2QX4P')
  expect(codeIn('https://imc.example.com/#/visit/check-in?a=1&code=K7M2QX4P&b=2')).toBe('K7M2QX4P')
  expect(codeIn('K7M2 QX4P')).toBe('K7M2 QX4P')
})
