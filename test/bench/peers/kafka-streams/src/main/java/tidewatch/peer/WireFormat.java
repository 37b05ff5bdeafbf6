package tidewatch.peer;

import java.nio.ByteBuffer;

/** The framing of a registered message: a zero byte, the schema id as four bytes big-endian, then the Avro body. */
final class WireFormat {
    static final int HEADER_BYTES = 5;
    private static final byte MAGIC = 0;

    private WireFormat() {
    }

    static byte[] header(int schemaId) {
        return ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(schemaId).array();
    }

    /** @throws IllegalArgumentException when the message is not framed, or of another schema */
    static void check(byte[] message, int schemaId) {
        if (message.length < HEADER_BYTES || message[0] != MAGIC) {
            throw new IllegalArgumentException("not a registered message: " + message.length + " bytes");
        }
        int id = ByteBuffer.wrap(message, 1, 4).getInt();
        if (id != schemaId) {
            throw new IllegalArgumentException("schema " + id + " where " + schemaId + " was expected");
        }
    }
}
