/** A time span for people, in whole seconds, minutes, or hours with one digit; never below a second. */
export function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** A rate for people: `35.2/s`, or per minute or hour where less than one comes in five seconds. */
export function rateText(perSecond: number): string {
  if (perSecond >= 0.2 || perSecond === 0) return `${perSecond.toFixed(1)}/s`;
  return perSecond >= 0.2 / 60 ? `${(perSecond * 60).toFixed(1)}/min` : `${(perSecond * 3600).toFixed(1)}/h`;
}
