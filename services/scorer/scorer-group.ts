/** What of the configuration decides which consumer group a scorer is in. */
export interface GroupConfig {
  readonly TIDEWATCH_GROUP_PREFIX: string;
  readonly TIDEWATCH_KEY_PREFIX: string;
  readonly TIDEWATCH_BACKFILL: boolean;
  readonly TIDEWATCH_BACKFILL_GROUP?: string | undefined;
}

/** The consumer group of the scorers that publish scores. */
export function liveGroupId(config: GroupConfig): string {
  return config.TIDEWATCH_BACKFILL_GROUP ?? `${config.TIDEWATCH_GROUP_PREFIX}tidewatch.scorer`;
}

/** The group to read with: a backfill has one of its own for each key space it builds. */
export function scorerGroupId(config: GroupConfig): string {
  const group = `${config.TIDEWATCH_GROUP_PREFIX}tidewatch.scorer`;
  return config.TIDEWATCH_BACKFILL ? `${group}.backfill.${config.TIDEWATCH_KEY_PREFIX}` : group;
}
