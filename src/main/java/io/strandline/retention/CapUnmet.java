package io.strandline.retention;

import java.util.List;

/**
 * A cap that protections keep from being met.
 *
 * @param cap the cap's name, {@code cap.maxAge}, {@code cap.maxCount} or {@code cap.maxBytes}
 * @param detail a sentence with the numbers
 * @param versions the versions that stay in spite of it, each with what protects it
 */
public record CapUnmet(String cap, String detail, List<Protected> versions) {

    public CapUnmet {
        versions = List.copyOf(versions);
    }

    /** A version a cap would have liked to see go. */
    public record Protected(long number, List<Protection> protectedBy) {

        public Protected {
            protectedBy = List.copyOf(protectedBy);
        }
    }
}
