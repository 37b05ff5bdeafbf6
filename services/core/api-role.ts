/** What an API token may see beyond what every token of its tenant may. */
export const apiRoles = ['staff-performance'] as const;

/** `staff-performance`: how single members of staff do. */
export type ApiRole = (typeof apiRoles)[number];
