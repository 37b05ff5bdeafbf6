import type * as Types from '../../../../services/core/kpis/counted-types.ts';

export const countedAs: (typeof Types)['countedAs'] = () => null;
