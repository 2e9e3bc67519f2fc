package io.strandline.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the server keeps things.
 *
 * @param dataDir the data directory: journal, catalog, snapshots, files
 * @param demo make the demo job once, when the data directory is new
 * @param files what file connectors may touch
 * @param plugins classes that pipelines may name
 * @param secrets where settings find the secrets that they name
 * @param connections databases that pipelines may write to, each under a name of its own
 * @param webhooks targets that events are sent to, each under a name of its own
 */
@ConfigurationProperties("strandline")
record ServerSettings(
        @DefaultValue("./data") Path dataDir,
        @DefaultValue("false") boolean demo,
        @DefaultValue Files files,
        @DefaultValue Plugins plugins,
        @DefaultValue Secrets secrets,
        @Nullable Map<String, ConnectionSettings> connections,
        @Nullable Map<String, WebhookSettings> webhooks) {

    /**
     * Where settings find the secrets that they name as {@code ${secret:NAME}}.
     *
     * @param dir directory with a file for each; what is not there is looked up in the environment as {@code STRANDLINE_SECRET_NAME}
     */
    record Secrets(@Nullable Path dir) {}

    /**
     * Classes that pipelines may name.
     *
     * @param dir directory of plug-in jars, read at start; without it plug-ins are off. What a jar does it does with the server's own rights
     */
    record Plugins(@Nullable Path dir) {}

    /**
     * What file connectors may touch.
     *
     * @param roots directories that pipelines name files relative to; sinks write under the first; default is the data
     *     directory's {@code files}
     */
    record Files(@Nullable List<Path> roots) {}
}
