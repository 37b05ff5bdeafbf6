package tidewatch.peer;

import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A stream thread's producer that counts what it sends to the output topic, and reports it once the broker has
 * committed the transaction. Used by its stream thread alone, as Streams does.
 */
final class CountingProducer extends KafkaProducer<byte[], byte[]> {
    private final String output;
    private final CommittedOutputs committed;
    private long pending;

    CountingProducer(Map<String, Object> config, String output, CommittedOutputs committed) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.output = output;
        this.committed = committed;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        Future<RecordMetadata> sent = super.send(record, callback);
        if (record.topic().equals(output)) {
            pending++;
        }
        return sent;
    }

    @Override
    public void commitTransaction() {
        super.commitTransaction();
        if (pending > 0) {
            committed.add(pending);
        }
        pending = 0;
    }

    @Override
    public void abortTransaction() {
        super.abortTransaction();
        pending = 0;
    }
}
