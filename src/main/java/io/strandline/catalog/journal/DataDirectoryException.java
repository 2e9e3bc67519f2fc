package io.strandline.catalog.journal;

import java.nio.file.Path;
import org.springframework.boot.ExitCodeGenerator;

/** The data directory, or the journal in it, cannot be used; the message says why and what to do. */
public final class DataDirectoryException extends RuntimeException implements ExitCodeGenerator {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    DataDirectoryException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    DataDirectoryException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    static DataDirectoryException inUse(Path root, String holder) {
        return new DataDirectoryException(
                Kind.IN_USE,
                "The data directory " + root + " is in use by " + holder
                        + ". Stop that server, or give this one a directory of its own with --strandline.data-dir.");
    }

    /** A journal whose content is not what was written. */
    public static DataDirectoryException damaged(Path file, String what) {
        return new DataDirectoryException(
                Kind.DAMAGED,
                "The journal file " + file + " is damaged: " + what
                        + ". Nothing was changed; bring the file back from a backup.");
    }

    /** Something that a newer release wrote. */
    public static DataDirectoryException newer(String what) {
        return new DataDirectoryException(
                Kind.FOREIGN,
                what
                        + ", which a newer release wrote. Nothing was changed; use that release, or bring back a backup from"
                        + " before it.");
    }

    /** A directory whose parts do not belong together. */
    public static DataDirectoryException mismatch(String message) {
        return new DataDirectoryException(Kind.MISMATCH, message);
    }

    /** What is wrong. */
    public Kind kind() {
        return kind;
    }

    @Override
    public int getExitCode() {
        return kind.exitCode();
    }

    /** What is wrong, each with the exit code of a server that finds it at its start. */
    public enum Kind {
        /** Another server runs on it. */
        IN_USE(10),
        /** It holds something else, or was written by a newer release. */
        FOREIGN(11),
        /** The journal's bytes are not what was written. */
        DAMAGED(12),
        /** Journal, store and catalog do not belong together. */
        MISMATCH(13),
        /** It cannot be read or written. */
        UNUSABLE(14);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        /** What the process exits with. */
        public int exitCode() {
            return exitCode;
        }
    }
}
