package io.strandline.storage.disk;

import java.util.Arrays;
import java.util.Random;

/** What a power cut leaves of things that were not fsynced: of each change of a name, and of a file's bytes. */
public interface Aftermath {

    /** Whether an un-fsynced change of a name happens to be on the disk. */
    boolean keepsName();

    /** The bytes found in a file of which {@code durable} were fsynced and {@code written} were written. */
    byte[] bytes(byte[] durable, byte[] written);

    /** Everything that was not fsynced is lost. */
    static Aftermath allLost() {
        return new Fixed(false);
    }

    /** Names reached the disk, bytes did not: files are empty or as long as they were at their last fsync. */
    static Aftermath onlyNamesKept() {
        return new Fixed(true);
    }

    /** Everything that was written is there, as after the end of the process alone. */
    static Aftermath nothingLost() {
        return new Aftermath() {
            @Override
            public boolean keepsName() {
                return true;
            }

            @Override
            public byte[] bytes(byte[] durable, byte[] written) {
                return written;
            }
        };
    }

    /** Each change is kept or lost by a coin, files are cut anywhere, and some end in sectors that were never written. */
    static Aftermath random(long seed) {
        return new Coin(new Random(seed));
    }

    /** The same for every change. */
    record Fixed(boolean keepsName) implements Aftermath {

        @Override
        public byte[] bytes(byte[] durable, byte[] written) {
            return durable;
        }
    }

    /** By chance. */
    record Coin(Random random) implements Aftermath {

        private static final int SECTOR_BYTES = 512;
        private static final int TORN_ONE_IN = 4;

        @Override
        public boolean keepsName() {
            return random.nextBoolean();
        }

        @Override
        public byte[] bytes(byte[] durable, byte[] written) {
            if (written.length < durable.length) { // cut back, and that not fsynced
                return random.nextBoolean() ? durable : written;
            }
            int kept = durable.length + random.nextInt(written.length - durable.length + 1);
            byte[] left = Arrays.copyOf(written, kept);
            if (random.nextInt(TORN_ONE_IN) == 0) {
                int sector = (durable.length + random.nextInt(kept - durable.length + 1)) / SECTOR_BYTES * SECTOR_BYTES;
                Arrays.fill(left, Math.max(sector, durable.length), kept, (byte) 0);
            }
            return left;
        }
    }
}
