package io.strandline.catalog.jpa;

import io.strandline.catalog.OperationChange.RequestAnswered;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** What a request with an idempotency key was answered. */
@Entity
@Table(name = "answered_request")
class AnswerRow {

    @Id
    String requestKey;

    String fingerprint;

    int status;

    String headers;

    String body;

    Instant expiresAt;

    @SuppressWarnings("NullAway.Init")
    AnswerRow() {}

    RequestAnswered value() {
        return new RequestAnswered(requestKey, fingerprint, status, headers, body, expiresAt);
    }
}
