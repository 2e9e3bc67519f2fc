package io.strandline.catalog.jpa.work;

import io.strandline.catalog.work.Documents.Document;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A document in the catalog only. */
@Entity
@Table(name = "document")
@IdClass(DocumentRow.Key.class)
class DocumentRow {

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

    String body;

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
        body = document.body();
    }

    Document value() {
        return new Document(kind, id, jobId, state, createdAt, expiresAt, body);
    }

    /** Its key. */
    record Key(String kind, String id) {}
}
