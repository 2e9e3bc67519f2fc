package io.strandline.catalog.jpa.work;

import io.strandline.catalog.jpa.Queries;
import io.strandline.catalog.work.Documents;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Documents in a table. */
final class JpaDocuments implements Documents {

    private final EntityManager entities;
    private final Queries queries;
    private final TransactionTemplate transaction;

    JpaDocuments(EntityManager entities, PlatformTransactionManager transactions) {
        this.entities = entities;
        this.queries = new Queries(entities);
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public void save(Document document) {
        Queries.guarded(() -> transaction.execute(status -> entities.merge(DocumentRow.of(document))));
    }

    @Override
    public boolean replace(String expected, Document document) {
        return Queries.guarded(() -> Boolean.TRUE.equals(transaction.execute(status -> {
            int taken = entities.createQuery(
                            "update DocumentRow e set e.state = ?1 where e.kind = ?2 and e.id = ?3 and e.state = ?4")
                    .setParameter(1, document.state())
                    .setParameter(2, document.kind())
                    .setParameter(3, document.id())
                    .setParameter(4, expected)
                    .executeUpdate();
            if (taken == 1) {
                entities.merge(DocumentRow.of(document));
            }
            return taken == 1;
        })));
    }

    @Override
    public Optional<Document> document(String kind, String id) {
        return queries.find(DocumentRow.class, new DocumentRow.Key(kind, id)).map(DocumentRow::value);
    }

    @Override
    public List<Document> documents(String kind, @Nullable String jobId, @Nullable String beforeId, int limit) {
        return queries
                .from(DocumentRow.class)
                .and("e.kind = ?", kind)
                .and("e.jobId = ?", jobId)
                .and("e.id < ?", beforeId)
                .orderBy("e.id desc")
                .list(limit)
                .stream()
                .map(DocumentRow::value)
                .toList();
    }

    @Override
    public int deleteExpired(String kind, Instant at) {
        List<DocumentRow> expired = queries.from(DocumentRow.class)
                .and("e.kind = ?", kind)
                .and("e.expiresAt < ?", at)
                .list();
        Queries.guarded(() -> transaction.execute(status -> {
            expired.forEach(row -> entities.remove(entities.merge(row)));
            return expired;
        }));
        return expired.size();
    }
}
