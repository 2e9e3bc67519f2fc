package io.strandline.catalog.jpa;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import jakarta.persistence.EntityManagerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;

/** A migrated database with its entity manager factory, made once and emptied for each test. */
public final class Database {

    private static final List<String> TABLES = List.of(
            "snapshot_label",
            "file_reference",
            "stored_file",
            "tag",
            "hold",
            "policy",
            "verification_campaign",
            "api_key",
            "operation",
            "answered_request",
            "request_effect",
            "audit_entry",
            "head_move",
            "attempt",
            "document_part",
            "document",
            "output_place",
            "instance",
            "branch",
            "pipeline_version",
            "snapshot",
            "job_numbers",
            "job",
            "applied_entry",
            "catalog_state");

    /** Tables that a rebuild brings back exactly. */
    private static final List<String> REBUILT = TABLES.stream()
            .filter(table -> !List.of("attempt", "document", "document_part", "applied_entry", "catalog_state")
                    .contains(table))
            .toList();

    final DataSource source;
    public final EntityManagerFactory factory;
    final JdbcTemplate sql;

    Database(DataSource source) {
        for (String chatty :
                List.of("org.hibernate", "org.springframework", "org.flywaydb", "io.zonky", "com.zaxxer")) {
            ((Logger) LoggerFactory.getLogger(chatty)).setLevel(Level.ERROR);
        }
        this.source = source;
        this.sql = new JdbcTemplate(source);
        Flyway.configure().dataSource(source).load().migrate();
        LocalContainerEntityManagerFactoryBean bean = new LocalContainerEntityManagerFactoryBean();
        bean.setDataSource(source);
        bean.setPersistenceUnitName("catalog");
        bean.setPackagesToScan("io.strandline.catalog.jpa");
        bean.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        Properties properties = new Properties();
        properties.setProperty("hibernate.hbm2ddl.auto", "validate");
        properties.setProperty(
                "hibernate.physical_naming_strategy",
                "org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl");
        properties.setProperty("hibernate.jdbc.batch_size", "100");
        properties.setProperty("hibernate.order_inserts", "true");
        properties.setProperty("hibernate.order_updates", "true");
        bean.setJpaProperties(properties);
        bean.afterPropertiesSet();
        this.factory = bean.getObject();
    }

    /** An H2 database in memory. */
    public static Database inMemory() {
        return new Database(JdbcConnectionPool.create(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1",
                "sa",
                ""));
    }

    public JpaTransactionManager transactions() {
        JpaTransactionManager transactions = new JpaTransactionManager(factory);
        transactions.afterPropertiesSet();
        return transactions;
    }

    public void empty() {
        TABLES.forEach(table -> sql.update("delete from " + table));
    }

    /** Every row of every table that can be rebuilt, in an order of its own. */
    Map<String, List<String>> dump() {
        Map<String, List<String>> tables = new TreeMap<>();
        for (String table : REBUILT) {
            List<String> rows = new ArrayList<>();
            sql.queryForList(rowsOf(table)).forEach(row -> {
                row.remove("ordinal");
                rows.add(new TreeMap<>(row).toString());
            });
            rows.sort(null);
            tables.put(table, rows);
        }
        return tables;
    }

    /** Numbers that a catalog has given out itself are told as what they stand for. */
    private static String rowsOf(String table) {
        return switch (table) {
            case "file_reference" ->
                "select s.id, r.place - s.ordinal * 1048576 as place, f.digest from file_reference r"
                        + " join snapshot s on s.ordinal = r.place / 1048576 join stored_file f on f.id = r.file_id";
            case "stored_file" ->
                "select f.digest, f.size_bytes, f.role, f.named_by, s.id as only_by from stored_file f"
                        + " left join snapshot s on s.ordinal = f.only_by";
            default -> "select * from " + table;
        };
    }

    /** Files whose counts are not what the rows say. */
    List<String> miscounted() {
        return sql.queryForList(
                "select f.digest from stored_file f left join (select file_id, count(*) as versions,"
                        + " sum(place / 1048576) as ordinals from file_reference group by file_id) r on r.file_id = f.id"
                        + " where r.file_id is null or f.named_by <> r.versions or f.namers <> r.ordinals"
                        + " or (f.named_by = 1 and f.only_by <> r.ordinals) or (f.named_by = 1) <> (f.only_by is not null)",
                String.class);
    }

    public void close() {
        factory.close();
        if (source instanceof AutoCloseable pool) {
            try {
                pool.close();
            } catch (Exception e) {
                throw new IllegalStateException("the pool did not close", e);
            }
        }
    }
}
