/** Milliseconds since a fixed moment; never goes back. */
export const now = (): number => performance.now()

/** "0.4 s", "12 s", "3 min 5 s", "1 h 2 min". */
export function describeDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
