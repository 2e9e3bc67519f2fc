package io.strandline.trust;

import java.util.Arrays;
import java.util.Random;

/** What may become of a file's bytes while nobody looks. */
enum Damage {
    FLIPPED_BIT {
        @Override
        byte[] done(byte[] whole, Random random) {
            byte[] bytes = whole.clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            return bytes;
        }
    },
    TRUNCATED {
        @Override
        byte[] done(byte[] whole, Random random) {
            return Arrays.copyOf(whole, random.nextInt(whole.length));
        }
    },
    JUNK_APPENDED {
        @Override
        byte[] done(byte[] whole, Random random) {
            byte[] junk = new byte[1 + random.nextInt(600)];
            random.nextBytes(junk);
            byte[] bytes = Arrays.copyOf(whole, whole.length + junk.length);
            System.arraycopy(junk, 0, bytes, whole.length, junk.length);
            return bytes;
        }
    },
    /** A stretch that is not zero becomes zeros, as of a sector that was never written. */
    ZEROED {
        @Override
        byte[] done(byte[] whole, Random random) {
            byte[] bytes = whole.clone();
            while (Arrays.equals(bytes, whole)) {
                int from = random.nextInt(bytes.length);
                Arrays.fill(bytes, from, Math.min(bytes.length, from + 1 + random.nextInt(512)), (byte) 0);
            }
            return bytes;
        }
    };

    /** Damages a copy. */
    abstract byte[] done(byte[] whole, Random random);

    /** Most are single bits. */
    static Damage any(Random random) {
        return random.nextInt(3) > 0 ? FLIPPED_BIT : values()[random.nextInt(values().length)];
    }
}
