package io.strandline.catalog.jpa.work;

import io.strandline.catalog.work.Documents.Document;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A document in the catalog only. */
@Entity
@Table(name = "document")
@IdClass(DocumentRow.Key.class)
class DocumentRow {

    private static final int PART = 500_000;

    @Id
    String kind;

    @Id
    String id;

    @Nullable
    String jobId;

    String state;

    Instant createdAt;

    @Nullable
    Instant expiresAt;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(
            name = "document_part",
            joinColumns = {@JoinColumn(name = "kind"), @JoinColumn(name = "id")})
    @OrderColumn(name = "part")
    @Column(name = "text")
    List<String> parts = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    DocumentRow() {}

    static DocumentRow of(Document document) {
        DocumentRow row = new DocumentRow();
        row.kind = document.kind();
        row.id = document.id();
        row.fill(document);
        return row;
    }

    void fill(Document document) {
        jobId = document.jobId();
        state = document.state();
        createdAt = document.createdAt();
        expiresAt = document.expiresAt();
        parts.clear();
        parts.addAll(split(document.body()));
    }

    /** Cuts a text into pieces that a column holds, never between the two halves of a character. */
    static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        while (from < text.length() || parts.isEmpty()) {
            int to = Math.min(text.length(), from + PART);
            if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
                to--;
            }
            parts.add(text.substring(from, to));
            from = to;
        }
        return parts;
    }

    Document value() {
        return new Document(kind, id, jobId, state, createdAt, expiresAt, String.join("", parts));
    }

    /** Its key. */
    record Key(String kind, String id) {}
}
