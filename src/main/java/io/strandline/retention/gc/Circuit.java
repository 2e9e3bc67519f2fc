package io.strandline.retention.gc;

import io.strandline.catalog.work.Documents;
import io.strandline.catalog.work.Documents.Document;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Open after the witnesses disagreed or something could not be read: until it is closed nothing is purged or unlinked. A
 * restart does not close it.
 */
@Component
final class Circuit {

    private static final String KIND = "gc-circuit";

    private final Documents documents;
    private @Nullable Fault fault;
    private boolean known;

    Circuit(Documents documents) {
        this.documents = documents;
    }

    /** Opens it; the first fault stays. */
    synchronized void open(Instant at, String detail) {
        if (fault().isEmpty()) {
            fault = new Fault(at, detail);
            documents.save(new Document(KIND, KIND, null, "OPEN", at, null, detail));
        }
    }

    /** Closes it: a look has found all witnesses in agreement. */
    synchronized void close() {
        fault().ifPresent(open ->
                documents.save(new Document(KIND, KIND, null, "CLOSED", open.at(), null, open.detail())));
        fault = null;
    }

    /** Why it is open, empty when it is closed. */
    synchronized Optional<Fault> fault() {
        if (!known) {
            fault = documents
                    .document(KIND, KIND)
                    .filter(found -> found.state().equals("OPEN"))
                    .map(found -> new Fault(found.createdAt(), found.body()))
                    .orElse(null);
            known = true;
        }
        return Optional.ofNullable(fault);
    }

    /** What opened it. */
    record Fault(Instant at, String detail) {}
}
