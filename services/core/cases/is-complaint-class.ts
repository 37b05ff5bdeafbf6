const complaint = /complain|grievance|投诉|抱怨/;

/** Whether the class of a case, in lower case, names a complaint. */
export function isComplaintClass(caseClass: string): boolean {
  return complaint.test(caseClass);
}
