/**
 * How a client differs from the standard, as far as a service has to know it.
 */
export const clientProfiles = ['generic', 'epic', 'oracle-health', 'sandbox'] as const;
export type ClientProfile = (typeof clientProfiles)[number];

/**
 * Whether a client understands a card that offers a choice of one (`at-most-one`). Epic knows `any` alone, and a
 * client that does not know the value must treat the whole card as an error (CDS Hooks 2.0.1 "Card Attributes").
 */
export function understandsChoice(profile: ClientProfile): boolean {
  switch (profile) {
    case 'epic':
      return false;
    case 'generic':
    case 'oracle-health':
    case 'sandbox':
      return true;
    default:
      return profile satisfies never;
  }
}
