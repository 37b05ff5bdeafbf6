/** What is done for customers, to them or about them; everything else they do themselves. */
const doneByUs = [
  'customer.upserted', 'tag.assigned',
  'order.fulfilled', 'order.delayed',
  'contact.sent', 'contact.delivered',
  'survey.sent', 'offer.shown',
  'case.responded', 'case.progressed', 'case.resolved', 'case.followed_up', 'case.closed',
  'member.level_changed', 'points.earned',
  'opportunity.moved', 'contract.milestone', 'contract.ended',
]; // prettier-ignore

export function isOwnDeed(type: string): boolean {
  return !doneByUs.includes(type);
}
