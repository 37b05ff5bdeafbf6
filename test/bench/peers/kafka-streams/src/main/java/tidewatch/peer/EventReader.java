package tidewatch.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import tidewatch.CustomerEvent;

/** Decodes events into one record that is used again for each; not for use by several threads. */
final class EventReader {
    private final int schemaId;
    private final SpecificDatumReader<CustomerEvent> reader;
    private final CustomerEvent event = new CustomerEvent();
    private BinaryDecoder decoder;

    EventReader(int schemaId) {
        this.schemaId = schemaId;
        SpecificData model = new SpecificData();
        model.setFastReaderEnabled(true);
        reader = new SpecificDatumReader<>(CustomerEvent.SCHEMA$, CustomerEvent.SCHEMA$, model);
    }

    /** @return the record, valid until the next call */
    CustomerEvent read(byte[] message) {
        WireFormat.check(message, schemaId);
        int length = message.length - WireFormat.HEADER_BYTES;
        decoder = DecoderFactory.get().binaryDecoder(message, WireFormat.HEADER_BYTES, length, decoder);
        try {
            return reader.read(event, decoder);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
