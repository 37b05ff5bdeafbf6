/** Whether the amount of such an event is stored as negative, whatever sign it was sent with. */
export function takesMoneyBack(type: string): boolean {
  return type === 'order.cancelled' || type === 'order.returned';
}
