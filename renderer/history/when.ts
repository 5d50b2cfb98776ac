/** "Mon 6 Apr, 14:02" on this computer's clock; text that is no instant is shown as it came. */
export function whenWords(at: string): string {
  const instant = new Date(at);
  if (Number.isNaN(instant.getTime())) return at;
  const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" }).format(instant).replace(",", "");
  const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(instant);
  return `${day}, ${time}`;
}
