package tidewatch.peer;

import java.io.PrintStream;

/**
 * Says on standard output how many outputs stand in committed transactions, and when:
 * {@code committed <total> <milliseconds on a monotonic clock>}.
 */
final class CommittedOutputs {
    private final PrintStream out;
    private long total;

    CommittedOutputs(PrintStream out) {
        this.out = out;
    }

    synchronized void add(long outputs) {
        total += outputs;
        out.println("committed " + total + " " + System.nanoTime() / 1_000 / 1_000.0);
    }
}
