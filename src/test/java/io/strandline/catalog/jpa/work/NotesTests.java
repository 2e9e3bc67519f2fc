package io.strandline.catalog.jpa.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.catalog.history.Attempts;
import io.strandline.catalog.history.Attempts.Attempt;
import io.strandline.catalog.jpa.Database;
import io.strandline.catalog.work.Documents;
import io.strandline.catalog.work.Documents.Document;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.orm.jpa.SharedEntityManagerCreator;

class NotesTests {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static Database database;
    private static Attempts attempts;
    private static Documents documents;

    @BeforeAll
    static void open() {
        database = Database.inMemory();
        var entities = SharedEntityManagerCreator.createSharedEntityManager(database.factory);
        attempts = new JpaAttempts(entities, database.transactions());
        documents = new JpaDocuments(entities, database.transactions());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.empty();
    }

    @Test
    void keepsWhatBecameOfAnAttempt() {
        attempts.save(attempt(1, "RUNNING"));
        attempts.save(attempt(2, "RUNNING"));
        attempts.save(attempt(1, "FAILED"));
        assertThat(attempts.attempt("flights", 1).orElseThrow().state()).isEqualTo("FAILED");
        assertThat(attempts.attempts("flights", "main", null, null, 10))
                .extracting(Attempt::number)
                .containsExactly(2L, 1L);
        assertThat(attempts.attempts("flights", null, "FAILED", null, 10)).hasSize(1);
        assertThat(attempts.attempts("flights", null, null, 2L, 10))
                .extracting(Attempt::number)
                .containsExactly(1L);
        assertThat(attempts.attempts("trains", null, null, null, 10)).isEmpty();
    }

    @Test
    void keepsTheNewestThousandAttempts() {
        for (int number = 1; number <= 1050; number++) {
            attempts.save(attempt(number, "COMPLETED"));
        }
        assertThat(attempts.attempts("flights", null, null, null, 5000))
                .hasSize(1000)
                .last()
                .extracting(Attempt::number)
                .isEqualTo(51L);
    }

    @Test
    void replacesADocumentOnceOnly() {
        documents.save(document("1", "OPEN", "first", null));
        assertThat(documents.replace("OPEN", document("1", "USED", "second", null)))
                .isTrue();
        assertThat(documents.replace("OPEN", document("1", "USED", "third", null)))
                .isFalse();
        assertThat(documents.replace("OPEN", document("2", "USED", "none", null)))
                .isFalse();
        assertThat(documents.document("plan", "1").orElseThrow().body()).isEqualTo("second");
    }

    @Test
    void keepsBodiesOfAnyLength() {
        String body = "\uD83D\uDEEB".repeat(700_001);
        documents.save(document("1", "OPEN", body, null));
        assertThat(documents.document("plan", "1").orElseThrow().body()).isEqualTo(body);
        documents.save(document("1", "OPEN", "short", null));
        assertThat(documents.document("plan", "1").orElseThrow().body()).isEqualTo("short");
        documents.save(document("2", "OPEN", "", null));
        assertThat(documents.document("plan", "2").orElseThrow().body()).isEmpty();
    }

    @Test
    void listsNewestFirstAndDeletesWhatExpired() {
        documents.save(document("1", "OPEN", "a", NOW.minusSeconds(1)));
        documents.save(document("2", "OPEN", "b", NOW.plusSeconds(1)));
        documents.save(document("3", "OPEN", "c", null));
        assertThat(documents.documents("plan", "flights", null, 2))
                .extracting(Document::id)
                .containsExactly("3", "2");
        assertThat(documents.documents("plan", null, "2", 2))
                .extracting(Document::id)
                .containsExactly("1");
        assertThat(documents.deleteExpired("plan", NOW)).isEqualTo(1);
        assertThat(documents.document("plan", "1")).isEmpty();
        assertThat(documents.documents("other", null, null, 10)).isEmpty();
    }

    private static Attempt attempt(long number, String state) {
        return new Attempt("flights", "main", "i1", number, state, NOW, null, "{}");
    }

    private static Document document(String id, String state, String body, @Nullable Instant expiresAt) {
        return new Document("plan", id, "flights", state, NOW, expiresAt, body);
    }
}
