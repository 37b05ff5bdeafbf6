import { randomBytes } from 'node:crypto';
import type { ProcessSpec } from './process-spec.ts';
import type { LocalLayout } from './local-layout.ts';

const logging = [
  '-Dorg.slf4j.simpleLogger.showDateTime=true',
  '-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS',
  '-Dorg.slf4j.simpleLogger.showThreadName=false',
];

/** Single node, KRaft, everything with one replica; groups start without the usual wait for more members. */
export function kafkaProperties(layout: LocalLayout): string {
  const { kafka, controller } = layout.ports;
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${controller}`,
    `listeners=PLAINTEXT://127.0.0.1:${kafka},CONTROLLER://127.0.0.1:${controller}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${kafka}`,
    'controller.listener.names=CONTROLLER',
    `log.dirs=${layout.kafkaData}`,
    'auto.create.topics.enable=false',
    'num.partitions=1',
    'default.replication.factor=1',
    'offsets.topic.replication.factor=1',
    'offsets.topic.num.partitions=8',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'transaction.state.log.num.partitions=8',
    'share.coordinator.state.topic.replication.factor=1',
    'share.coordinator.state.topic.min.isr=1',
    'group.initial.rebalance.delay.ms=0',
    '',
  ].join('\n');
}

export function kafkaSpec(layout: LocalLayout): ProcessSpec {
  return { ...kafkaTool(layout, 'kafka.Kafka', [layout.kafkaConfig]), name: 'kafka', graceMs: 20_000 };
}

/** 128 random bits as Kafka writes them; the first is 0, since a leading `-` would be taken for an option. */
export function newClusterId(): string {
  const bytes = randomBytes(16);
  bytes[0] &= 0x7f;
  return bytes.toString('base64url');
}

/** Gives a new data directory its identity; refuses one that has it already. */
export function kafkaFormatSpec(layout: LocalLayout, clusterId: string): ProcessSpec {
  return kafkaTool(layout, 'kafka.tools.StorageTool', ['format', '-t', clusterId, '-c', layout.kafkaConfig]);
}

function kafkaTool(layout: LocalLayout, mainClass: string, args: readonly string[]): ProcessSpec {
  const own = [`-Djava.io.tmpdir=${layout.scratch}`, '-XX:-UsePerfData', ...logging];
  return {
    name: 'kafka-format',
    command: layout.java,
    args: ['-Xmx512m', ...own, '-cp', `${layout.artefacts}/kafka/*`, mainClass, ...args],
    cwd: layout.home,
    env: {},
    startedMark: /Kafka Server started/,
    graceMs: 5_000,
  };
}
