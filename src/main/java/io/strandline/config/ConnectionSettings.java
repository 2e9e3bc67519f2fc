package io.strandline.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A database that pipelines may write to.
 *
 * @param url JDBC URL, of PostgreSQL or H2
 * @param username who connects
 * @param password the secret, best from the environment ({@code STRANDLINE_CONNECTIONS_<NAME>_PASSWORD})
 * @param timeout how long an answer may take before the connection is given up and the rows are tried again; PostgreSQL only
 */
record ConnectionSettings(
        String url,
        @Nullable String username,
        @Nullable String password,
        @DefaultValue("PT30S") Duration timeout) {

    @Override
    public String toString() {
        return "ConnectionSettings[" + url + ", " + username + "]";
    }
}
