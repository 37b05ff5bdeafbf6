package tidewatch.peer;

import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/** The clients that Streams makes by itself, but for a producer that counts what it commits. */
final class PeerClients extends DefaultKafkaClientSupplier {
    private final String output;
    private final CommittedOutputs committed;

    PeerClients(String output, CommittedOutputs committed) {
        this.output = output;
        this.committed = committed;
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new CountingProducer(config, output, committed);
    }
}
