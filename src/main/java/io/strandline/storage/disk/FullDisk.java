package io.strandline.storage.disk;

import io.strandline.storage.StorageFullException;

/** Tells failures that mean that there is no room left. */
public final class FullDisk {

    private FullDisk() {}

    /** The JDK has no type for ENOSPC and EDQUOT; their texts are fixed by the C library. */
    public static boolean is(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (cause instanceof StorageFullException
                    || message != null
                            && (message.contains("No space left on device")
                                    || message.contains("Disk quota exceeded"))) {
                return true;
            }
        }
        return false;
    }
}
