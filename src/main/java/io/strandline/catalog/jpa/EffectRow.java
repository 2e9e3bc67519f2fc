package io.strandline.catalog.jpa;

import io.strandline.catalog.work.Effect;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a request with an idempotency key changed; a row a change. */
@Entity
@Table(name = "request_effect")
class EffectRow {

    @Id
    long sequence;

    String requestKey;

    String fingerprint;

    String action;

    @Nullable
    String jobId;

    String subject;

    Instant expiresAt;

    @SuppressWarnings("NullAway.Init")
    EffectRow() {}

    Effect value() {
        return new Effect(fingerprint, action, jobId, subject);
    }
}
