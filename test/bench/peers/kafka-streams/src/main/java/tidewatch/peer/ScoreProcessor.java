package tidewatch.peer;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import tidewatch.CustomerEvent;

/** Decode, fold into the customer's state, score, encode: one output for each event. */
final class ScoreProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private final String storeName;
    private final EventReader reader;
    private final ScoreWriter writer;
    private final ScoringNet net = new ScoringNet();
    private final float[] features = new float[CustomerState.FEATURES];
    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<byte[], byte[]> states;

    ScoreProcessor(String storeName, int inputSchemaId, int outputSchemaId) {
        this.storeName = storeName;
        reader = new EventReader(inputSchemaId);
        writer = new ScoreWriter(outputSchemaId);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        states = context.getStateStore(storeName);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        byte[] surrogate = record.key();
        // Records of a partition rather than of a customer stand under an empty key.
        if (surrogate == null || surrogate.length == 0) {
            return;
        }
        CustomerEvent event = reader.read(record.value());
        Long minor = event.getReportingAmountMinor();
        double x = minor == null ? 0 : minor / 100.0;
        byte[] state = CustomerState.fold(states.get(surrogate), x, event.getOccurredAt(), features);
        states.put(surrogate, state);
        float p = net.predict(features)[0];
        context.forward(record.withValue(writer.write(event, p)));
    }
}
