package io.strandline.security.key;

import io.strandline.catalog.ApiKey.Role;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key that somebody wants.
 *
 * @param jobs names of the jobs it is to be for, each of which may end in {@code *}; none: for the whole server
 */
public record KeyRequest(
        String name, Role role, List<String> jobs, @Nullable Instant expiresAt) {

    public KeyRequest {
        jobs = List.copyOf(jobs);
    }
}
