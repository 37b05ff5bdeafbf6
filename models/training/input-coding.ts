import type { ModelClosedForm, ModelInput } from '../../services/core/scoring/model-manifest.ts';

/** How rows become the inputs and targets of a net; fitted on the rows it is trained on. */
export interface InputCoding {
  readonly inputs: readonly ModelInput[];
  readonly closedForm: ModelClosedForm | null;
  /** Money that one unit of the target `spendShare` stands for. */
  readonly spendUnit: number;
}
