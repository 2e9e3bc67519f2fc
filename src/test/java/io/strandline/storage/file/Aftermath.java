package io.strandline.storage.file;

import java.util.Arrays;
import java.util.Random;

/** What a power cut leaves of things that were not fsynced: of each change of a name, and of a file's bytes. */
interface Aftermath {

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

    /** Each change is kept or lost by a coin, files are cut anywhere. */
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

        @Override
        public boolean keepsName() {
            return random.nextBoolean();
        }

        @Override
        public byte[] bytes(byte[] durable, byte[] written) {
            int kept = durable.length + random.nextInt(written.length - durable.length + 1);
            return Arrays.copyOf(written, kept);
        }
    }
}
