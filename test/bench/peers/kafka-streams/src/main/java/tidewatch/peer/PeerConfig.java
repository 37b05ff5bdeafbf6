package tidewatch.peer;

import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** What the command line says, as {@code name=value} words. */
record PeerConfig(Map<String, String> words) {
    static PeerConfig parse(String[] args) {
        return new PeerConfig(Arrays.stream(args)
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1])));
    }

    String text(String name) {
        String value = words.get(name);
        if (value == null) {
            throw new IllegalArgumentException("missing " + name + "=");
        }
        return value;
    }

    int number(String name) {
        return Integer.parseInt(text(name));
    }

    Properties streams() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, text("applicationId"));
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, text("brokers"));
        config.put(StreamsConfig.STATE_DIR_CONFIG, text("stateDir"));
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, number("threads"));
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
        config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 128L << 20);
        config.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 10);
        config.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 << 10);
        config.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), 64L << 20);
        config.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 2_000);
        // Tuning that is tried without a build.
        words.forEach((name, value) -> {
            if (name.startsWith("streams.")) {
                config.put(name.substring("streams.".length()), value);
            }
        });
        return config;
    }
}
