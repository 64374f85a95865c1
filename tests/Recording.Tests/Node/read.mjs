// Reads one recording twice with the reference implementation (npm @mcap/core): through its index
// and as a stream with checksums validated. Prints one JSON object for the test to compare.
import { open } from "node:fs/promises";
import { createReadStream } from "node:fs";
import { McapIndexedReader, McapStreamReader } from "@mcap/core";
import { loadDecompressHandlers, protobufFromBinaryDescriptor } from "@mcap/support";

const path = process.argv[2];
const decompressHandlers = await loadDecompressHandlers();

const jsonOf = (value) =>
  JSON.stringify(value, (_key, item) => {
    if (typeof item === "bigint") return item.toString();
    if (item instanceof Map) return Object.fromEntries(item);
    return item;
  });

function decoderOf(schema) {
  const root = protobufFromBinaryDescriptor(schema.data);
  const type = root.lookupType(schema.name);
  return (data) => type.toObject(type.decode(data), { longs: String, enums: String, json: true });
}

async function readIndexed() {
  const file = await open(path, "r");
  const readable = {
    size: async () => BigInt((await file.stat()).size),
    read: async (offset, size) => {
      const bytes = new Uint8Array(Number(size));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, Number(offset));
      if (bytesRead !== bytes.length) throw new Error(`short read at ${offset}`);
      return bytes;
    },
  };
  const reader = await McapIndexedReader.Initialize({ readable, decompressHandlers });
  const schemas = {};
  const decoders = new Map();
  for (const schema of reader.schemasById.values()) {
    schemas[schema.name] = schema.encoding;
    decoders.set(schema.id, decoderOf(schema));
  }

  const messages = [];
  for await (const message of reader.readMessages({ validateCrcs: true })) {
    const channel = reader.channelsById.get(message.channelId);
    messages.push({
      topic: channel.topic,
      encoding: channel.messageEncoding,
      sequence: message.sequence,
      logTime: message.logTime,
      publishTime: message.publishTime,
      value: decoders.get(channel.schemaId)(message.data),
    });
  }

  const attachments = {};
  for await (const attachment of reader.readAttachments()) {
    attachments[attachment.name] = Buffer.from(attachment.data).toString("utf8");
  }

  const metadata = {};
  for await (const record of reader.readMetadata()) {
    metadata[record.name] = Object.fromEntries(record.metadata);
  }

  const statistics = reader.statistics;
  const chunkCount = reader.chunkIndexes.length;
  const library = reader.header.library;
  await file.close();
  return { library, schemas, messages, attachments, metadata, statistics, chunkCount };
}

async function countStreamed() {
  const reader = new McapStreamReader({ decompressHandlers, validateCrcs: true });
  let messages = 0;
  for await (const block of createReadStream(path)) {
    reader.append(block);
    for (let record; (record = reader.nextRecord()); ) {
      if (record.type === "Message") messages++;
    }
  }

  if (!reader.done()) throw new Error("the stream reader did not reach the end of the file");
  return messages;
}

const result = await readIndexed();
result.streamedMessageCount = await countStreamed();
process.stdout.write(jsonOf(result));
