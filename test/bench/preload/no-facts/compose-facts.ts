import type * as Facts from '../../../../services/scorer/steps/compose-facts.ts';

export const createComposeFacts: (typeof Facts)['createComposeFacts'] = () => () => undefined;
