export function renderTraditional(): Record<string, string>
