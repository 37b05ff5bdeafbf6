package tidewatch.peer;

import java.util.Arrays;

/**
 * A dense net of 32-64-32-2 in single precision: ReLU in between, a sigmoid on both outputs. The loops run along a row
 * of weights, so that the compiler turns them into vector instructions. Not for use by several threads.
 */
final class ScoringNet {
    private static final int[] SIZES = {CustomerState.FEATURES, 64, 32, 2};
    private static final int LAYERS = SIZES.length - 1;
    private final float[][][] weights = new float[LAYERS][][];
    private final float[][] outputs = new float[LAYERS][];

    ScoringNet() {
        for (int l = 0; l < LAYERS; l++) {
            int fanIn = SIZES[l];
            outputs[l] = new float[SIZES[l + 1]];
            weights[l] = new float[fanIn][SIZES[l + 1]];
            for (int i = 0; i < fanIn; i++) {
                for (int j = 0; j < SIZES[l + 1]; j++) {
                    weights[l][i][j] = (float) (Math.sin(1 + l * 7919 + i * 104.729 + j * 1.61803) / Math.sqrt(fanIn));
                }
            }
        }
    }

    /** @return the two outputs, p and value, valid until the next call */
    float[] predict(float[] features) {
        float[] values = features;
        for (int l = 0; l < LAYERS; l++) {
            values = multiply(values, weights[l], outputs[l]);
            if (l < LAYERS - 1) {
                rectify(values);
            }
        }
        for (int j = 0; j < values.length; j++) {
            values[j] = (float) (1 / (1 + Math.exp(-values[j])));
        }
        return values;
    }

    private static float[] multiply(float[] input, float[][] rows, float[] output) {
        Arrays.fill(output, 0);
        for (int i = 0; i < input.length; i++) {
            float value = input[i];
            float[] row = rows[i];
            for (int j = 0; j < output.length; j++) {
                output[j] += value * row[j];
            }
        }
        return output;
    }

    private static void rectify(float[] values) {
        for (int j = 0; j < values.length; j++) {
            values[j] = Math.max(values[j], 0);
        }
    }
}
