package io.strandline.catalog.jpa.server;

import io.strandline.catalog.ApiKey;
import io.strandline.catalog.ApiKey.Previous;
import io.strandline.catalog.Campaign;
import io.strandline.catalog.ServerChange;
import io.strandline.catalog.ServerChange.CampaignSaved;
import io.strandline.catalog.ServerChange.KeyCreated;
import io.strandline.catalog.ServerChange.KeyRevoked;
import io.strandline.catalog.ServerChange.KeyRotated;
import io.strandline.catalog.ledger.ServerIndex;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What changes of the server do to its tables. */
@Component
public final class ServerTables implements ServerIndex {

    private final JdbcTemplate sql;

    public ServerTables(JdbcTemplate sql) {
        this.sql = sql;
    }

    @Override
    public String project(ServerChange change) {
        if (change instanceof CampaignSaved saved) {
            save(saved.campaign());
            return "verification-campaign";
        }
        if (change instanceof KeyCreated created) {
            return save(created.key());
        }
        if (change instanceof KeyRotated rotated) {
            return save(rotated.key());
        }
        if (change instanceof KeyRevoked revoked) {
            delete(revoked.id());
            return subject(revoked.id());
        }
        throw new IllegalStateException("no table for " + change.getClass());
    }

    private void save(Campaign campaign) {
        sql.update("delete from verification_campaign where id = 1");
        sql.update(
                "insert into verification_campaign (id, enabled, level, bytes_per_day, fresh_millis, version, saved_at, saved_by)"
                        + " values (1, ?, ?, ?, ?, ?, ?, ?)",
                campaign.enabled(),
                campaign.level().name(),
                campaign.bytesPerDay(),
                campaign.freshMillis(),
                campaign.version(),
                at(campaign.savedAt()),
                campaign.savedBy());
    }

    private String save(ApiKey key) {
        delete(key.id());
        Previous previous = key.previous();
        sql.update(
                "insert into api_key (id, name, role, jobs, secret, previous, previous_until, created_at, created_by,"
                        + " rotated_at, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                key.id(),
                key.name(),
                key.role().name(),
                String.join(",", key.jobs()),
                key.secret(),
                previous == null ? null : previous.secret(),
                previous == null ? null : at(previous.until()),
                at(key.createdAt()),
                key.createdBy(),
                at(key.rotatedAt()),
                at(key.expiresAt()));
        return subject(key.id());
    }

    private static String subject(String key) {
        return "api-key:" + key;
    }

    private void delete(String key) {
        sql.update("delete from api_key where id = ?", key);
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
