/** The sealed field that scores and tasks show as the business's own id of the customer. */
export const customerRef = 'customerRef';
