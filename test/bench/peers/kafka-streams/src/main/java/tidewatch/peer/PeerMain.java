package tidewatch.peer;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.Stores;

/** Runs the job until it is asked to stop by SIGTERM; ends with 1 when a stream thread dies. */
public final class PeerMain {
    private static final String STORE = "customers";

    private PeerMain() {
    }

    public static void main(String[] args) throws InterruptedException {
        PeerConfig config = PeerConfig.parse(args);
        PeerClients clients = new PeerClients(config.text("output"), new CommittedOutputs(System.out));
        KafkaStreams streams = new KafkaStreams(topology(config), config.streams(), clients);
        CountDownLatch failed = new CountDownLatch(1);
        streams.setUncaughtExceptionHandler(fault -> {
            fault.printStackTrace();
            failed.countDown();
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.setStateListener((now, before) -> {
            System.out.println("state " + now);
            if (now == State.ERROR) {
                failed.countDown();
            }
        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> streams.close(CloseOptions
                .groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(Duration.ofSeconds(20)))));
        streams.start();
        failed.await();
        System.exit(1);
    }

    private static Topology topology(PeerConfig config) {
        int inputSchemaId = config.number("inputSchemaId");
        int outputSchemaId = config.number("outputSchemaId");
        Topology topology = new Topology();
        topology.addSource("events", new ByteArrayDeserializer(), new ByteArrayDeserializer(), config.text("input"));
        topology.addProcessor("score", () -> new ScoreProcessor(STORE, inputSchemaId, outputSchemaId), "events");
        topology.addStateStore(
                Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(STORE), Serdes.ByteArray(), Serdes.ByteArray())
                        .withCachingEnabled()
                        .withLoggingEnabled(Map.of()),
                "score");
        topology.addSink(
                "scores", config.text("output"), new ByteArraySerializer(), new ByteArraySerializer(), "score");
        return topology;
    }
}
