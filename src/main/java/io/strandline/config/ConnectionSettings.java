package io.strandline.config;

import org.jspecify.annotations.Nullable;

/**
 * A database that pipelines may write to.
 *
 * @param url JDBC URL, of PostgreSQL or H2
 * @param username who connects
 * @param password the secret, best from the environment ({@code STRANDLINE_CONNECTIONS_<NAME>_PASSWORD})
 */
record ConnectionSettings(
        String url, @Nullable String username, @Nullable String password) {

    @Override
    public String toString() {
        return "ConnectionSettings[" + url + ", " + username + "]";
    }
}
