package io.strandline.storage.disk;

import io.strandline.storage.StorageFullException;
import java.io.IOException;

/**
 * What befalls one of the calls that change a disk.
 *
 * @param at which call, counting from 0; negative for none
 * @param kind what
 */
public record Trouble(int at, Kind kind) {

    /** No trouble. */
    public static final Trouble NONE = new Trouble(-1, Kind.CRASH);

    /** What may befall a call. */
    public enum Kind {
        /** The power goes out, and the thread that made the call sees it. */
        CRASH(true),
        /** The power goes out under threads that go on for a while: every call from then on fails. */
        POWER_CUT(true),
        /** This call ends in {@code EIO}. */
        IO_ERROR(false),
        /** This call ends in {@code ENOSPC}. */
        DISK_FULL(false);

        private final boolean ends;

        Kind(boolean ends) {
            this.ends = ends;
        }
    }

    /** Whether nothing reaches the disk from this call on. */
    boolean endsBefore(int call) {
        return kind.ends && at >= 0 && call >= at;
    }

    /** Whether this call fails and those after it do not. */
    boolean fails(int call) {
        return !kind.ends && call == at;
    }

    /** What whoever made the call is told. */
    IOException thrown(String call) throws IOException {
        return switch (kind) {
            case CRASH -> throw new SimulatedCrash(call);
            case POWER_CUT -> new IOException("the power is out: " + call);
            case IO_ERROR -> new IOException("Input/output error: " + call);
            case DISK_FULL -> new StorageFullException("No space left on device: " + call, null);
        };
    }
}
