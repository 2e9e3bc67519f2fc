package io.strandline.state;

import java.util.List;

/**
 * A proof of logical content.
 *
 * @param hex SHA-256 over all key groups' sums, 64 hex digits
 * @param keyGroups one 64-digit hex sum a key group
 */
public record StateDigest(String hex, List<String> keyGroups) {

    public StateDigest {
        keyGroups = List.copyOf(keyGroups);
    }
}
