package io.strandline.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What lets somebody call the server. The secret itself is known to its owner alone.
 *
 * @param id its name in the audit; the part of the key before the dot
 * @param name what its maker called it
 * @param role what it may do
 * @param jobs names of the jobs it is for, each of which may end in {@code *}; none: for the whole server
 * @param secret the hash of the secret, SHA-256 in hex
 * @param previous the secret it had before, while that still counts
 * @param expiresAt when it stops to count; null for never
 */
public record ApiKey(
        String id,
        String name,
        Role role,
        List<String> jobs,
        String secret,
        @Nullable Previous previous,
        Instant createdAt,
        String createdBy,
        @Nullable Instant rotatedAt,
        @Nullable Instant expiresAt) {

    public ApiKey {
        Objects.requireNonNull(role, "role");
        jobs = List.copyOf(jobs);
    }

    /** What a caller may do; each may what those before it may. */
    public enum Role {
        /** Reads. */
        VIEWER,
        /** Creates and changes jobs, takes and names versions. */
        OPERATOR,
        /** Deletes, moves heads, sets policies, gives keys. */
        ADMIN;

        /** Whether it may what {@code needed} may. */
        public boolean covers(Role needed) {
            return compareTo(needed) >= 0;
        }
    }

    /**
     * A secret that was replaced.
     *
     * @param until when it stops to count
     */
    public record Previous(String secret, Instant until) {}

    /** Whether it counts at a moment. */
    public boolean countsAt(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }

    /** The same key with another secret. */
    public ApiKey rotated(String newSecret, @Nullable Instant previousUntil, Instant at) {
        Previous replaced = previousUntil == null ? null : new Previous(secret, previousUntil);
        return new ApiKey(id, name, role, jobs, newSecret, replaced, createdAt, createdBy, at, expiresAt);
    }
}
