package io.strandline.catalog.jpa;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.OperationChange.RequestAnswered;
import io.strandline.catalog.h2.CatalogCheckpoints;
import io.strandline.catalog.h2.CatalogFile;
import io.strandline.catalog.history.ChainCheck;
import io.strandline.catalog.history.ChangeFeed;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.catalog.journal.DataDirectory;
import io.strandline.catalog.journal.Journal;
import io.strandline.catalog.journal.JournalWalk;
import io.strandline.catalog.ledger.CatchUp;
import io.strandline.catalog.ledger.JournaledLedger;
import io.strandline.catalog.ledger.ManifestShelf;
import io.strandline.catalog.ledger.Reconciliation;
import io.strandline.catalog.ledger.Reconciliation.Reads;
import io.strandline.catalog.ledger.Recovery;
import io.strandline.catalog.ledger.ServerIndex;
import io.strandline.catalog.rows.FileReads;
import io.strandline.catalog.rows.OutlineReads;
import io.strandline.storage.SnapshotStores;
import io.strandline.storage.disk.Disk;
import io.strandline.storage.file.Headroom;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Makes journal, catalog and ledger. Whoever is given a {@link io.strandline.catalog.Ledger} or a read finds the catalog
 * brought up to date with the journal, and the store with both.
 */
@Configuration(proxyBeanMethods = false)
class CatalogConfiguration {

    /** The catalog is a file in the data directory unless {@code spring.datasource.url} says otherwise. */
    @Bean(destroyMethod = "noteClosed")
    @ConditionalOnProperty(name = "spring.datasource.url", havingValue = "in-the-data-directory", matchIfMissing = true)
    CatalogFile catalogFile(DataDirectory directory, Headroom headroom, Clock clock) throws IOException {
        CatalogFile file =
                new CatalogFile(directory.catalog(), () -> headroom.full().isEmpty());
        file.makeReadable(clock);
        return file;
    }

    /** Only a start that came through says that nothing is wrong with the file. */
    @Bean
    @ConditionalOnProperty(name = "spring.datasource.url", havingValue = "in-the-data-directory", matchIfMissing = true)
    ApplicationListener<ApplicationReadyEvent> catalogOpened(CatalogFile file) {
        return ready -> {
            try {
                file.opened();
            } catch (IOException e) {
                throw new UncheckedIOException("the catalog's directory cannot be written", e);
            }
        };
    }

    /** Only a catalog in the data directory is copied; another database has keepers of its own. */
    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(name = "spring.datasource.url", havingValue = "in-the-data-directory", matchIfMissing = true)
    CatalogCheckpoints catalogCheckpoints(
            DataSource source, DataDirectory directory, Journal journal, JournaledLedger caughtUp) throws IOException {
        return new CatalogCheckpoints(source, directory.catalog(), journal::lastSequence);
    }

    @Bean(destroyMethod = "close")
    Journal journal(DataDirectory directory, Disk disk, Headroom headroom, Clock clock) throws IOException {
        return Journal.open(directory.journal(), clock, disk, Journal.SEGMENT_BYTES, headroom::giveUp);
    }

    @Bean
    ChainCheck chainCheck(DataDirectory directory, Journal journal) {
        return new JournalWalk(directory.journal(), journal::lastSequence);
    }

    @Bean
    ManifestShelf manifestShelf(SnapshotStores stores) {
        return new ManifestShelf(stores);
    }

    @Bean
    Tables catalogTables(
            EntityManagerFactory factory,
            DataSource source,
            PlatformTransactionManager transactions,
            ManifestShelf shelf,
            ServerIndex server) {
        return new Tables(
                SharedEntityManagerCreator.createSharedEntityManager(factory),
                new JdbcTemplate(source),
                transactions,
                shelf,
                server);
    }

    @Bean(destroyMethod = "close")
    JournaledLedger journaledLedger(
            DataDirectory directory, Journal journal, Tables tables, SnapshotStores stores, Clock clock)
            throws IOException {
        JpaIndex index = tables.index();
        JournaledLedger ledger = new Recovery(directory.id(), journal, index).open();
        Reads reads = new Reads(tables.catalog(clock), tables.history(journal), tables.housekeeping(ledger));
        new Reconciliation(ledger, index, reads, stores.durable(), clock)
                .run(tables.shelf().unreadable(), directory.copied());
        directory.adopted();
        return ledger;
    }

    @Bean(destroyMethod = "close")
    CatchUp catchUp(JournaledLedger ledger) {
        return new CatchUp(ledger);
    }

    @Bean
    Catalog catalog(JournaledLedger ledger, Tables tables, Clock clock) {
        return tables.catalog(clock);
    }

    @Bean
    ChangeFeed changeFeed(JournaledLedger ledger) {
        return ledger.feed();
    }

    @Bean
    History history(JournaledLedger ledger, Tables tables, Journal journal) {
        return tables.history(journal);
    }

    @Bean
    Housekeeping housekeeping(JournaledLedger ledger, Tables tables) {
        return tables.housekeeping(ledger);
    }

    @Bean
    JpaOperationLog operationLog(JournaledLedger ledger, Tables tables, Clock clock) {
        return tables.operationLog(ledger, clock);
    }

    /** A database and what reads and writes it. */
    record Tables(
            EntityManager entities,
            JdbcTemplate sql,
            PlatformTransactionManager transactions,
            ManifestShelf shelf,
            ServerIndex server) {

        JpaIndex index() {
            return new JpaIndex(transactions, entities, sql, shelf, server);
        }

        Catalog catalog(Clock clock) {
            return new JpaCatalog(new Queries(entities), new FileReads(sql), clock);
        }

        History history(Journal journal) {
            return new JpaHistory(new Queries(entities), journal::newestAt);
        }

        Housekeeping housekeeping(JournaledLedger ledger) {
            return new JpaHousekeeping(
                    new Queries(entities), new FileReads(sql), new OutlineReads(sql), ledger::backlogNames);
        }

        JpaOperationLog operationLog(JournaledLedger ledger, Clock clock) {
            return new JpaOperationLog(new Queries(entities), clock, new JpaOperationLog.Waiting() {
                @Override
                public Optional<RequestAnswered> answer(String key) {
                    return ledger.backlogAnswer(key);
                }

                @Override
                public boolean effect(String key) {
                    return ledger.backlogHasEffect(key);
                }
            });
        }
    }
}
