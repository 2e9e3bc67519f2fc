package io.strandline.engine.operator.aggregate;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A HyperLogLog sketch of 4,096 registers, as Apache DataSketches stores one (HLL_8, compact), so that its libraries can read
 * and merge it; while there are few values their hashes (coupons) are kept instead. Unlike theirs it depends on the set of
 * values alone: coupons are sorted, and the estimate that goes by the order of arrival is left out, which the format allows
 * for. Theirs for JDK 17 does not run on JDK 25, hence our own.
 *
 * <p>The estimate is that of O. Ertl, New cardinality estimation algorithms for HyperLogLog sketches, 2017; of coupons their
 * count.
 */
final class ValueSketch {

    private static final int LG_REGISTERS = 12;
    private static final int REGISTERS = 1 << LG_REGISTERS;
    private static final int HIGHEST_RANK = 63;
    private static final int MOST_COUPONS = 384;
    private static final int MOST_LISTED = 7;
    private static final int SLOT_BITS = 26;
    private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;

    private static final int LIST_HEAD = 8;
    private static final int SET_HEAD = 12;
    private static final int REGISTERS_HEAD = 40;

    private final int[] coupons = new int[MOST_COUPONS + 1];
    private int count;
    private byte @Nullable [] registers;

    /** Forgets everything. */
    void clear() {
        count = 0;
        registers = null;
    }

    /** Adds a value, by the hash that DataSketches has for a number. */
    void add(long value) {
        long first = Coupon.SEED ^ Coupon.mix(value) ^ Long.BYTES;
        long second = Coupon.SEED ^ Long.BYTES;
        first += second;
        second += first;
        first = Coupon.avalanche(first);
        second = Coupon.avalanche(second);
        first += second;
        second += first;
        int rank = Math.min(Long.numberOfLeadingZeros(second), HIGHEST_RANK - 1) + 1;
        addCoupon(rank << SLOT_BITS | (int) first & SLOT_MASK);
    }

    /** Adds another sketch's values. */
    void add(ValueSketch other) {
        byte[] more = other.registers;
        if (more == null) {
            for (int i = 0; i < other.count; i++) {
                addCoupon(other.coupons[i]);
            }
            return;
        }
        byte[] own = intoRegisters();
        for (int slot = 0; slot < REGISTERS; slot++) {
            own[slot] = (byte) Math.max(own[slot], more[slot]);
        }
    }

    private void addCoupon(int coupon) {
        byte[] own = registers;
        if (own != null) {
            raise(own, coupon);
            return;
        }
        int place = Arrays.binarySearch(coupons, 0, count, coupon);
        if (place < 0) {
            int at = -place - 1;
            System.arraycopy(coupons, at, coupons, at + 1, count - at);
            coupons[at] = coupon;
            count++;
            if (count > MOST_COUPONS) {
                intoRegisters();
            }
        }
    }

    private byte[] intoRegisters() {
        byte[] own = registers;
        if (own == null) {
            own = new byte[REGISTERS];
            registers = own;
            for (int i = 0; i < count; i++) {
                raise(own, coupons[i]);
            }
        }
        return own;
    }

    private static void raise(byte[] registers, int coupon) {
        int slot = coupon & (REGISTERS - 1);
        registers[slot] = (byte) Math.max(registers[slot], coupon >>> SLOT_BITS);
    }

    /** About how many different values were added. */
    long estimate() {
        byte[] own = registers;
        if (own == null) {
            return count;
        }
        int[] ranks = new int[HIGHEST_RANK + 1];
        for (byte rank : own) {
            ranks[rank]++;
        }
        double sum = REGISTERS * tau(1 - (double) ranks[HIGHEST_RANK] / REGISTERS);
        for (int rank = HIGHEST_RANK - 1; rank >= 1; rank--) {
            sum = (sum + ranks[rank]) / 2;
        }
        sum += REGISTERS * sigma((double) ranks[0] / REGISTERS);
        return Math.round((double) REGISTERS * REGISTERS / (2 * Math.log(2) * sum));
    }

    private static double sigma(double share) {
        if (share == 1) {
            return Double.POSITIVE_INFINITY;
        }
        double power = share;
        double factor = 1;
        double sum = share;
        for (double before = -1; before != sum; factor += factor) {
            power *= power;
            before = sum;
            sum += power * factor;
        }
        return sum;
    }

    private static double tau(double share) {
        if (share == 0 || share == 1) {
            return 0;
        }
        double root = share;
        double factor = 1;
        double sum = 1 - share;
        for (double before = -1; before != sum; ) {
            root = Math.sqrt(root);
            factor /= 2;
            before = sum;
            sum -= (1 - root) * (1 - root) * factor;
        }
        return sum / 3;
    }

    /** Its bytes, none for a sketch of nothing. */
    byte[] image() {
        byte[] own = registers;
        if (own != null) {
            return image(own);
        }
        if (count == 0) {
            return new byte[0];
        }
        boolean listed = count <= MOST_LISTED;
        int head = listed ? LIST_HEAD : SET_HEAD;
        ByteBuffer image = ByteBuffer.allocate(head + count * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int lgSlots = listed ? 3 : Math.max(5, 32 - Integer.numberOfLeadingZeros((4 * count + 2) / 3 - 1));
        image.put(new byte[] {(byte) (head / 4), 1, 7, LG_REGISTERS, (byte) lgSlots, 8});
        image.put((byte) (listed ? count : 0)).put((byte) (listed ? 8 : 9));
        if (!listed) {
            image.putInt(count);
        }
        for (int i = 0; i < count; i++) {
            image.putInt(coupons[i]);
        }
        return image.array();
    }

    private static byte[] image(byte[] registers) {
        double low = 0;
        double high = 0;
        int empty = 0;
        for (byte rank : registers) {
            empty += rank == 0 ? 1 : 0;
            low += rank < 32 ? Math.scalb(1.0, -rank) : 0;
            high += rank < 32 ? 0 : Math.scalb(1.0, -rank);
        }
        ByteBuffer image = ByteBuffer.allocate(REGISTERS_HEAD + REGISTERS).order(ByteOrder.LITTLE_ENDIAN);
        image.put(new byte[] {REGISTERS_HEAD / 4, 1, 7, LG_REGISTERS, 0, 16, 0, 10});
        image.putDouble(0).putDouble(low).putDouble(high).putInt(empty).putInt(0);
        return image.put(registers).array();
    }

    /** Becomes the sketch whose bytes these are. */
    void read(byte[] bytes, int length) {
        clear();
        if (length == 0) {
            return;
        }
        int head = bytes[0] * 4;
        if (head == REGISTERS_HEAD) {
            registers = Arrays.copyOfRange(bytes, head, length);
            return;
        }
        ByteBuffer image = ByteBuffer.wrap(bytes, head, length - head).order(ByteOrder.LITTLE_ENDIAN);
        count = (length - head) / Integer.BYTES;
        for (int i = 0; i < count; i++) {
            coupons[i] = image.getInt();
        }
        Arrays.sort(coupons, 0, count);
    }

    /** The pieces of MurmurHash3 x64 128 (Austin Appleby, public domain) that eight bytes need. */
    private static final class Coupon {

        private static final long SEED = 9_001;

        private Coupon() {}

        private static long mix(long word) {
            return Long.rotateLeft(word * 0x87c37b91114253d5L, 31) * 0x4cf5ad432745937fL;
        }

        private static long avalanche(long word) {
            long mixed = (word ^ word >>> 33) * 0xff51afd7ed558ccdL;
            mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
            return mixed ^ mixed >>> 33;
        }
    }
}
