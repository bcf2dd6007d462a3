/**
 * How clients differ from the standard, as far as a service has to know it: what a card may hold so that nothing in it
 * is an error or a button that fails. Vendor facts are defaults: a site that knows better sets them.
 */
import type { Action, Card, Suggestion } from './card.js';

export const clientProfileNames = ['generic', 'epic', 'oracle-health', 'sandbox'] as const;
export type ClientProfileName = (typeof clientProfileNames)[number];

export type SelectionBehavior = NonNullable<Card['selectionBehavior']>;

export interface ClientProfile {
  readonly name: ClientProfileName;
  /** A client that does not know a value must treat the whole card as an error (CDS Hooks 2.0.1 "Card Attributes"). */
  readonly selectionBehaviors: ReadonlySet<SelectionBehavior>;
  /** Kinds of action it carries out; a suggestion with another is not offered as a button. */
  readonly actions: ReadonlySet<Action['type']>;
  /** Code systems of which an order to create must hold a code; undefined where any code, or words, will do. */
  readonly orderCodeSystems?: ReadonlySet<string>;
  /** Hosts of links registered with the client: it drops all others. Undefined where it shows any. */
  readonly linkHosts?: ReadonlySet<string>;
  /** Characters of a detail it shows; undefined where no limit is known. */
  readonly longestDetail?: number;
}

const everything: Omit<ClientProfile, 'name'> = {
  selectionBehaviors: new Set(['any', 'at-most-one']),
  actions: new Set(['create', 'update', 'delete']),
};

/**
 * Epic knows `any` alone, and creates an order only by its own code: a preference-list or order-set item. Oracle Health
 * documents patient-view without suggestions, and shows registered links only. Sources: integration.md 1, stored copies
 * of the vendors' pages.
 */
const PROFILES: Readonly<Record<ClientProfileName, ClientProfile>> = {
  generic: { name: 'generic', ...everything },
  sandbox: { name: 'sandbox', ...everything },
  epic: {
    name: 'epic',
    ...everything,
    selectionBehaviors: new Set(['any']),
    orderCodeSystems: new Set([
      'urn:com.epic.cdshooks.action.code.system.preference-list-item',
      'urn:com.epic.cdshooks.action.code.system.orderset-item',
    ]),
    linkHosts: new Set(),
  },
  'oracle-health': {
    name: 'oracle-health',
    ...everything,
    actions: new Set(),
    linkHosts: new Set(),
  },
};

/** What a site knows of its client beside the vendor's defaults. */
export interface ClientSettings {
  readonly linkHosts?: readonly string[] | undefined;
  readonly longestDetail?: number | undefined;
  readonly actions?: readonly Action['type'][] | undefined;
}

export function clientProfile(name: ClientProfileName, settings: ClientSettings = {}): ClientProfile {
  const { linkHosts, longestDetail, actions } = settings;
  return {
    ...PROFILES[name],
    ...(linkHosts !== undefined && { linkHosts: new Set(linkHosts) }),
    ...(longestDetail !== undefined && { longestDetail }),
    ...(actions !== undefined && { actions: new Set(actions) }),
  };
}

/** Whether a client understands a card that offers a choice of one. */
export function understandsChoice({ selectionBehaviors }: ClientProfile): boolean {
  return selectionBehaviors.has('at-most-one');
}

/** Whether every action of the suggestion would be carried out. */
export function canCarryOut(suggestion: Suggestion, profile: ClientProfile): boolean {
  return (suggestion.actions ?? []).every((action) => isUnderstood(action, profile));
}

function isUnderstood(action: Action, { actions, orderCodeSystems }: ClientProfile): boolean {
  if (!actions.has(action.type)) return false;
  if (action.type !== 'create' || orderCodeSystems === undefined) return true;
  return codeSystemsOf(action.resource).some((system) => orderCodeSystems.has(system));
}

function codeSystemsOf(resource: object): readonly string[] {
  const { code } = resource as {
    readonly code?: { readonly coding?: readonly { readonly system?: string }[] };
  };
  return (code?.coding ?? []).flatMap(({ system }) => system ?? []);
}

/** Whether the client would show the link. */
export function isShown(url: string, { linkHosts }: ClientProfile): boolean {
  return linkHosts === undefined || (URL.canParse(url) && linkHosts.has(new URL(url).host));
}

/** What the client would make of a card that it can't show or carry out; empty when nothing is wrong. */
export function offencesAgainst(profile: ClientProfile, card: Card): readonly string[] {
  const { selectionBehavior, suggestions = [], links = [], detail = '' } = card;
  return [
    ...(selectionBehavior !== undefined && !profile.selectionBehaviors.has(selectionBehavior)
      ? [`selectionBehavior "${selectionBehavior}" is not understood`]
      : []),
    ...suggestions
      .filter((suggestion) => !canCarryOut(suggestion, profile))
      .map(({ label }) => `"${label}" can't be carried out`),
    ...links.filter(({ url }) => !isShown(url, profile)).map(({ url }) => `${url} is not registered`),
    ...(profile.longestDetail !== undefined && detail.length > profile.longestDetail
      ? [`the detail is longer than ${profile.longestDetail} characters`]
      : []),
  ];
}
