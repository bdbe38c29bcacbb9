export const TARGETS: Record<string, () => string>
