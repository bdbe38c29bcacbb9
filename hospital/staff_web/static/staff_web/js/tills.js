// What the counted notes and coins are worth, while they are being typed. The server counts again.
for (const form of document.querySelectorAll('[data-cash-expected]')) {
  const expected = Math.round(Number(form.dataset.cashExpected) * 100)
  const yuan = (fen) => (fen / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })
  const count = () => {
    let counted = 0
    for (const input of form.querySelectorAll('[data-piece]')) {
      const number = /^\d+$/.test(input.value.trim()) ? Number(input.value) : 0
      const worth = number * Math.round(Number(input.dataset.piece) * 100)
      input.nextElementSibling.textContent = yuan(worth)
      counted += worth
    }
    form.querySelector('[data-counted]').textContent = yuan(counted)
    form.querySelector('[data-difference]').textContent = yuan(counted - expected)
  }
  form.addEventListener('input', count)
  count()
}
