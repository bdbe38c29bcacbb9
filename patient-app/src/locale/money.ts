// Amounts arrive as decimal text and stay text: no binary fraction touches money.

/** "¥1,877.90". `round` drops ".00", for choosing a doctor; a bill always shows two decimals. */
export function formatMoney(amount: string | number, style: { round?: boolean; sign?: boolean } = {}): string {
  const text = String(amount).trim()
  const isNegative = text.startsWith('-')
  const [whole = '0', fraction = ''] = text.replace(/^[+-]/, '').split('.')
  const cents = fraction.padEnd(2, '0').slice(0, 2)
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  const tail = style.round && cents === '00' ? '' : `.${cents}`
  return `${isNegative ? '−' : style.sign ? '+' : ''}¥${grouped}${tail}`
}

/** Whether an amount is nothing. */
export function isZero(amount: string | number): boolean {
  return /^[+-]?0*(\.0*)?$/.test(String(amount).trim())
}
