package io.strandline.retention;

import io.strandline.catalog.work.Documents;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Documents in a map. */
public final class MemoryDocuments implements Documents {

    private final Map<String, Document> documents = new TreeMap<>(Comparator.reverseOrder());

    @Override
    public synchronized void save(Document document) {
        documents.put(document.kind() + "/" + document.id(), document);
    }

    @Override
    public synchronized boolean replace(String expected, Document document) {
        Document present = documents.get(document.kind() + "/" + document.id());
        if (present == null || !present.state().equals(expected)) {
            return false;
        }
        save(document);
        return true;
    }

    @Override
    public synchronized Optional<Document> document(String kind, String id) {
        return Optional.ofNullable(documents.get(kind + "/" + id));
    }

    @Override
    public synchronized List<Document> documents(
            String kind, @Nullable String jobId, @Nullable String beforeId, int limit) {
        return documents.values().stream()
                .filter(found -> found.kind().equals(kind))
                .filter(found -> beforeId == null || found.id().compareTo(beforeId) < 0)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized int deleteExpired(String kind, Instant at) {
        int before = documents.size();
        documents
                .values()
                .removeIf(d -> d.kind().equals(kind)
                        && d.expiresAt() != null
                        && d.expiresAt().isBefore(at));
        return before - documents.size();
    }
}
