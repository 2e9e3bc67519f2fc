package io.strandline.security.key;

import io.strandline.catalog.work.Documents;
import io.strandline.catalog.work.Documents.Document;
import io.strandline.problem.StrandlineException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * When each key was last sent. Written down once a minute at most, in the catalog only: it goes with the catalog, and a
 * request must not cost an entry in the journal.
 */
@Component
final class KeyUse {

    private static final Logger log = LoggerFactory.getLogger(KeyUse.class);

    private static final String KIND = "api-key-use";
    private static final Duration GRAIN = Duration.ofMinutes(1);

    private final Documents documents;
    private final Clock clock;
    private final Map<String, Instant> written = new ConcurrentHashMap<>();

    KeyUse(Documents documents, Clock clock) {
        this.documents = documents;
        this.clock = clock;
    }

    void used(String key) {
        Instant now = clock.instant();
        Instant noted =
                written.merge(key, now, (before, at) -> before.plus(GRAIN).isAfter(at) ? before : at);
        if (!now.equals(noted)) {
            return;
        }
        try {
            documents.save(new Document(KIND, key, null, "KEPT", now, null, now.toString()));
        } catch (StrandlineException unreachable) {
            log.debug("The use of key {} could not be written down", key, unreachable);
        }
    }

    Optional<Instant> last(String key) {
        return documents.document(KIND, key).map(found -> Instant.parse(found.body()));
    }

    void forget(String key) {
        written.remove(key);
        Instant now = clock.instant();
        documents.save(new Document(KIND, key, null, "KEPT", now, now, now.toString()));
        documents.deleteExpired(KIND, now.plus(GRAIN));
    }
}
