/** How the page writes numbers: three figures that count, and a unit. */
const megabyte = 2 ** 20
const gigabyte = 2 ** 30

export function describeCount(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** "1.27 s", "41.2 s", "5 min". */
export function describeSeconds(seconds: number): string {
  if (seconds < 0.1) return `${seconds.toFixed(3)} s`
  if (seconds < 10) return `${seconds.toFixed(2)} s`
  if (seconds < 600) return `${seconds.toFixed(0)} s`
  return seconds < 7200 ? `${(seconds / 60).toFixed(0)} min` : `${(seconds / 3600).toFixed(1)} h`
}

export function describeBytes(bytes: number): string {
  return bytes < gigabyte ? `${(bytes / megabyte).toFixed(0)} MB` : `${(bytes / gigabyte).toFixed(1)} GB`
}

/** States in a second. */
export function describeRate(rate: number): string {
  if (rate < 1e6) return rate < 1e3 ? rate.toFixed(0) : `${(rate / 1e3).toFixed(0)} k`
  return `${(rate / 1e6).toFixed(2)} M`
}

/** "1.8", "0.35", "12". */
export function describeRatio(ratio: number): string {
  return ratio >= 10 ? ratio.toFixed(0) : ratio.toPrecision(2)
}
