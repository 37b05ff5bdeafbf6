import { Kafka, logLevel } from 'kafkajs';

/**
 * One metadata and one group-coordinator request. An open port is not enough: the first groups of a fresh broker fail
 * until the coordinator's topic is there, and this request is what makes the broker create it.
 */
export async function askKafka(brokers: string): Promise<void> {
  const kafka = new Kafka({
    clientId: 'tidewatch-readiness',
    brokers: brokers.split(','),
    logLevel: logLevel.NOTHING,
    connectionTimeout: 2_000,
    requestTimeout: 5_000,
    retry: { retries: 0 },
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    await admin.describeCluster();
    await admin.describeGroups(['tidewatch-readiness']);
  } finally {
    await admin.disconnect();
  }
}
