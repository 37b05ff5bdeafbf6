package tidewatch.peer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.util.Utf8;
import tidewatch.ChurnProbabilities;
import tidewatch.CustomerEvent;
import tidewatch.ExpectedSpend;
import tidewatch.Score;

/** Encodes the score of an event, all but the probabilities and the event's own fields fixed. */
final class ScoreWriter {
    private final byte[] header;
    private final SpecificDatumWriter<Score> writer;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    private final ChurnProbabilities churn = new ChurnProbabilities();
    private final Score score = new Score();
    private BinaryEncoder encoder;

    ScoreWriter(int schemaId) {
        header = WireFormat.header(schemaId);
        SpecificData model = new SpecificData();
        model.setCustomCoders(true);
        writer = new SpecificDatumWriter<>(Score.SCHEMA$, model);
        score.setCause(new Utf8("event"));
        score.setAsOf(20_000);
        score.setStateVersion(1);
        score.setModelVersion(new Utf8("retention/1"));
        score.setBackend(new Utf8("wasm"));
        score.setChurn(churn);
        score.setExpectedSpend90d(new ExpectedSpend(10.0, 5.0, new Utf8("GBP")));
        score.setLevel(new Utf8("none"));
        score.setDegraded(false);
        score.setHistorical(false);
    }

    byte[] write(CustomerEvent event, double p) {
        score.setScoreId(event.getContentHash());
        score.setTenant(event.getTenant());
        score.setSurrogate(event.getSurrogate());
        score.setSource(event.getSource());
        score.setEventId(event.getEventId());
        score.setActivationId(event.getContentHash());
        score.setVectorHash(event.getContentHash());
        churn.setP30(p);
        churn.setP60(p);
        churn.setP90(p);
        score.setOccurredAt(event.getOccurredAt());
        score.setReceivedAt(event.getReceivedAt());
        bytes.reset();
        bytes.write(header, 0, header.length);
        encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
        try {
            writer.write(score, encoder);
            encoder.flush();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        return bytes.toByteArray();
    }
}
