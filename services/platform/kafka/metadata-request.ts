import { createRequire } from 'node:module';

/*
 * kafkajs 2.2.4 asks for metadata in version 6, which does not name the ids of topics. A topic that was deleted and
 * created again under its name then looks like the one before, offsets and all; only its id tells them apart. Version 10
 * brings it.
 */

/** The part of the client's decoder that is used here. */
interface Decoder {
  readInt16(): number;
  readInt32(): number;
  readBoolean(): boolean;
  readBytes(count: number): Buffer;
  readUVarIntString(): string | null;
  readUVarIntArray<T>(reader: (decoder: Decoder) => T): T[];
  readTaggedFields(): void;
}

interface MetadataProtocol {
  versions: string[];
  protocol: (wanted: { version: number }) => (asked: MetadataContent) => unknown;
}

interface MetadataContent {
  readonly topics: readonly string[];
  readonly allowAutoTopicCreation?: boolean;
}

const apiKey = 3;
/** The newest version that the client brings. */
const clientVersion = 6;
/** The first version with ids of topics. */
const ownVersion = 10;
const require = createRequire(import.meta.url);
const ClientDecoder = require('kafkajs/src/protocol/decoder') as new (bytes: Buffer) => Decoder;
let isInstalled = false;

/**
 * Makes kafkajs ask for metadata in version 10 where the broker knows it; the partitions that its admin returns then
 * carry the `topicId`. Safe to call more than once.
 */
export function useTopicIds(): void {
  if (isInstalled) return;
  isInstalled = true;
  const metadata = require('kafkajs/src/protocol/requests/metadata') as MetadataProtocol;
  const { parse } = require('kafkajs/src/protocol/requests/metadata/v6/response') as { parse: unknown };
  const original = metadata.protocol;
  metadata.versions.push(String(ownVersion));
  metadata.protocol = ({ version }) => {
    if (version < ownVersion) return original({ version: Math.min(version, clientVersion) });
    return (asked) => ({
      request: { apiKey, apiVersion: ownVersion, apiName: 'Metadata', encode: () => encodeRequest(asked) },
      response: { decode: decodeResponse, parse },
    });
  };
}

/** @returns the body in the form the sending side reads; no topics mean all of them, as with the client's own */
export function encodeRequest({ topics, allowAutoTopicCreation = true }: MetadataContent) {
  const parts = [Buffer.from([0]), uvarint(topics.length === 0 ? 0 : topics.length + 1)];
  for (const topic of topics) {
    const name = Buffer.from(topic);
    parts.push(Buffer.alloc(16), uvarint(name.length + 1), name, Buffer.from([0]));
  }
  // No authorized operations are asked for, and no tagged fields given.
  parts.push(Buffer.from([allowAutoTopicCreation ? 1 : 0, 0, 0, 0]));
  const buffer = Buffer.concat(parts);
  return { buf: buffer, buffer };
}

/** The response in the form of the client's own, with the id of the topic at each of its partitions. */
export function decodeResponse(bytes: Buffer) {
  const decoder = new ClientDecoder(bytes);
  decoder.readTaggedFields();
  const clientSideThrottleTime = decoder.readInt32();
  return {
    throttleTime: 0,
    clientSideThrottleTime,
    brokers: decoder.readUVarIntArray(readBroker),
    clusterId: decoder.readUVarIntString(),
    controllerId: decoder.readInt32(),
    topicMetadata: decoder.readUVarIntArray(readTopic),
  };
}

function readBroker(decoder: Decoder) {
  const broker = {
    nodeId: decoder.readInt32(),
    host: decoder.readUVarIntString(),
    port: decoder.readInt32(),
    rack: decoder.readUVarIntString(),
  };
  decoder.readTaggedFields();
  return broker;
}

function readTopic(decoder: Decoder) {
  const topicErrorCode = decoder.readInt16();
  const topic = decoder.readUVarIntString();
  const topicId = decoder.readBytes(16).toString('hex');
  const isInternal = decoder.readBoolean();
  const partitionMetadata = decoder.readUVarIntArray((each) => ({ ...readPartition(each), topicId }));
  decoder.readInt32();
  decoder.readTaggedFields();
  return { topicErrorCode, topic, isInternal, partitionMetadata };
}

function readPartition(decoder: Decoder) {
  const partition = {
    partitionErrorCode: decoder.readInt16(),
    partitionId: decoder.readInt32(),
    leader: decoder.readInt32(),
    leaderEpoch: decoder.readInt32(),
    replicas: decoder.readUVarIntArray((each) => each.readInt32()),
    isr: decoder.readUVarIntArray((each) => each.readInt32()),
    offlineReplicas: decoder.readUVarIntArray((each) => each.readInt32()),
  };
  decoder.readTaggedFields();
  return partition;
}

function uvarint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest >>>= 7) bytes.push((rest & 127) | 128);
  return Buffer.from([...bytes, rest]);
}
