/** Minute of the day that a clock shows: `08:30` is 510. */
export function minuteOfClock(text: string): number {
  const [hours, minutes] = text.split(':').map(Number);
  return hours * 60 + minutes;
}
