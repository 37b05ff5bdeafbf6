/** A sentence in both languages of the product. */
export interface BilingualText {
  readonly en: string;
  readonly zhCN: string;
}
