package io.strandline.catalog.ledger;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Gives out attempt numbers from blocks; the rest of a block is lost with the process, so that no number comes twice. */
final class NumberBlocks {

    /** Small, because a restart skips what is left of it: users see the gap. */
    private static final int BLOCK = 10;

    private final Map<String, Block> jobs = new ConcurrentHashMap<>();

    /** Makes a reservation durable. */
    @FunctionalInterface
    interface Reservation {

        void reserve(long upTo);
    }

    /** The number given out last, and up to where they are reserved. */
    private static final class Block {

        private long last;
        private long upTo;
    }

    void load(String jobId, long reservedUpTo) {
        Block block = new Block();
        block.last = reservedUpTo;
        block.upTo = reservedUpTo;
        jobs.put(jobId, block);
    }

    long next(String jobId, Reservation reservation) {
        Block block = jobs.computeIfAbsent(jobId, any -> new Block());
        synchronized (block) {
            if (block.last == block.upTo) {
                reservation.reserve(block.upTo + BLOCK);
                block.upTo += BLOCK;
            }
            return ++block.last;
        }
    }
}
