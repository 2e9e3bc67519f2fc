package io.strandline.engine.operator.aggregate;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.memory.Memory;

/**
 * The bytes of an HLL sketch, made to depend on the set of values alone. As DataSketches writes them they tell the order of
 * arrival in two places: coupons (what few values leave) lie as they came, and with registers goes an estimate that was kept
 * up as they changed. Here coupons are sorted and the estimate is left out, which DataSketches allows for and marks by a flag.
 */
final class SketchImage {

    static final int LG_REGISTERS = 12;

    private static final int PREAMBLE_INTS = 0;
    private static final int FLAGS = 5;
    private static final int MODE = 7;
    private static final int MODE_MASK = 3;
    private static final int MODE_REGISTERS = 2;
    private static final int OUT_OF_ORDER = 16;
    private static final int RUNNING_ESTIMATE = 8;

    private SketchImage() {}

    static byte[] of(HllSketch sketch) {
        if (sketch.isEmpty()) {
            return new byte[0];
        }
        byte[] image = sketch.toCompactByteArray();
        ByteBuffer buffer = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        if ((image[MODE] & MODE_MASK) == MODE_REGISTERS) {
            image[FLAGS] |= OUT_OF_ORDER;
            buffer.putDouble(RUNNING_ESTIMATE, 0);
        } else {
            int first = image[PREAMBLE_INTS] * Integer.BYTES;
            int[] coupons = new int[(image.length - first) / Integer.BYTES];
            Arrays.setAll(coupons, i -> buffer.getInt(first + i * Integer.BYTES));
            Arrays.sort(coupons);
            buffer.position(first)
                    .slice()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asIntBuffer()
                    .put(coupons);
        }
        return image;
    }

    static HllSketch read(byte[] image, int length) {
        return length == 0
                ? new HllSketch(LG_REGISTERS, TgtHllType.HLL_8)
                : HllSketch.heapify(Memory.wrap(image, 0, length, ByteOrder.LITTLE_ENDIAN));
    }
}
