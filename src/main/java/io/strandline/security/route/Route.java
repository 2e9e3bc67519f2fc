package io.strandline.security.route;

import io.strandline.catalog.ApiKey.Role;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table.
 *
 * @param method the HTTP method, or {@code *} for any
 * @param pattern the path, with variables as Spring writes them
 * @param role the least role that may call it; null for everybody, known or not
 */
public record Route(String method, String pattern, @Nullable Role role, Reach reach) {

    /** What a route is about, and so which keys for some jobs may use it. */
    public enum Reach {
        /** Nothing of any job: every key. */
        ANY,
        /** The job in its path: keys for this job. */
        JOB,
        /** What the key is for: every key, and the answer leaves the rest out. */
        OWN,
        /** The server or many jobs: keys for all jobs. */
        SERVER
    }

    /** Whether everybody may call it. */
    public boolean isPublic() {
        return role == null;
    }

    @Override
    public String toString() {
        return method + " " + pattern;
    }
}
