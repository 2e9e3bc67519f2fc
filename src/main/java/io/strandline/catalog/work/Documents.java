package io.strandline.catalog.work;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * JSON documents that live in the catalog only, such as retention plans and reports of garbage collection. They are not
 * journaled: a rebuilt catalog begins without them.
 */
public interface Documents {

    /** Saves a new document, or replaces the one of its kind and id. */
    void save(Document document);

    /** Replaces a document if its state is still {@code expected}; false when it is not, or the document is gone. */
    boolean replace(String expected, Document document);

    /** A document, expired or not. */
    Optional<Document> document(String kind, String id);

    /** Documents of a kind, of one job when given, newest id first, below {@code beforeId} when given. */
    List<Document> documents(String kind, @Nullable String jobId, @Nullable String beforeId, int limit);

    /** Deletes documents that expired before {@code at} and returns how many there were. */
    int deleteExpired(String kind, Instant at);

    /**
     * One document.
     *
     * @param kind what it is, e.g. {@code retention-plan}
     * @param id unique within its kind and ascending in time
     * @param jobId the job it is about, null when about all or none
     * @param state a word of its owner's
     * @param expiresAt when it may be deleted, null for never
     * @param body JSON
     */
    record Document(
            String kind,
            String id,
            @Nullable String jobId,
            String state,
            Instant createdAt,
            @Nullable Instant expiresAt,
            String body) {}
}
