package tidewatch.peer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The packed state of one customer, little-endian: count (int32) at 0, sum of amounts (float64) at 4, last occurredAt
 * (int64) at 12, 32 rolling features (float32) at 20, then padding up to 900 bytes that is copied on.
 */
final class CustomerState {
    static final int BYTES = 900;
    static final int FEATURES = 32;
    private static final int COUNT = 0;
    private static final int SUM = 4;
    private static final int LAST_OCCURRED_AT = 12;
    private static final int FIRST_FEATURE = 20;
    private static final double MS_PER_DAY = 86_400_000;
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FLOATS =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLES =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    private CustomerState() {
    }

    /**
     * The state after one more event.
     *
     * @param before the stored state, left as it is, or null for a new customer
     * @param x amount in major units
     * @param occurredAt epoch milliseconds
     * @param features receives the rolling features after the event
     */
    static byte[] fold(byte[] before, double x, long occurredAt, float[] features) {
        byte[] state = before == null ? new byte[BYTES] : before.clone();
        INTS.set(state, COUNT, (int) INTS.get(state, COUNT) + 1);
        DOUBLES.set(state, SUM, (double) DOUBLES.get(state, SUM) + x);
        LONGS.set(state, LAST_OCCURRED_AT, occurredAt);
        double phase = occurredAt / MS_PER_DAY % 7;
        double gain = 0.05 * Math.log1p(x);
        for (int i = 0; i < FEATURES; i++) {
            int at = FIRST_FEATURE + 4 * i;
            features[i] = (float) ((float) FLOATS.get(state, at) * 0.95 + gain * Math.cos(i + phase));
            FLOATS.set(state, at, features[i]);
        }
        return state;
    }
}
