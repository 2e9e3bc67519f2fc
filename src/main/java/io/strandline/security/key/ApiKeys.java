package io.strandline.security.key;

import io.strandline.catalog.ApiKey;
import io.strandline.catalog.ApiKey.Role;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Scope.OfServer;
import io.strandline.catalog.ServerChange.KeyCreated;
import io.strandline.catalog.ServerChange.KeyRevoked;
import io.strandline.catalog.ServerChange.KeyRotated;
import io.strandline.catalog.lookup.KeyRegister;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.security.SecuritySettings;
import io.strandline.security.SecuritySettings.Mode;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/** Makes keys, gives them other secrets, revokes them. Changes are journaled, without the secrets. */
@Service
public final class ApiKeys {

    private final Ledger ledger;
    private final KeyRegister register;
    private final KeyUse use;
    private final SecuritySettings settings;
    private final Clock clock;
    private final Random random;

    @Autowired
    ApiKeys(Ledger ledger, KeyRegister register, KeyUse use, SecuritySettings settings, Clock clock) {
        this(ledger, register, use, settings, clock, new SecureRandom());
    }

    ApiKeys(Ledger ledger, KeyRegister register, KeyUse use, SecuritySettings settings, Clock clock, Random random) {
        this.ledger = ledger;
        this.register = register;
        this.use = use;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    /** All keys that were not revoked, newest first. */
    public List<ApiKey> list() {
        return register.keys();
    }

    /**
     * A key.
     *
     * @throws StrandlineException {@code api-key-not-found}
     */
    public ApiKey get(String id) {
        return register.key(id)
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.API_KEY_NOT_FOUND,
                        "There is no API key '" + id
                                + "'; it may have been revoked. List them with GET /api/v1/api-keys."));
    }

    /** When a key was last sent, to the minute; empty when that is not known. */
    public Optional<Instant> lastUse(ApiKey key) {
        return use.last(key.id());
    }

    /** Makes a key. */
    public MadeKey create(KeyRequest request, Cause cause) {
        return create(request, Token.fresh(random), cause);
    }

    MadeKey create(KeyRequest request, Token token, Cause cause) {
        ApiKey key = new ApiKey(
                token.id(),
                request.name(),
                request.role(),
                request.jobs(),
                token.hash(),
                null,
                clock.instant(),
                cause.actor(),
                null,
                request.expiresAt());
        ledger.change(new OfServer(), cause, changes -> {
            changes.record(new KeyCreated(key));
            return key;
        });
        return new MadeKey(key, token.text());
    }

    /**
     * Gives a key another secret.
     *
     * @param overlap how long the one it has now counts beside it
     */
    public MadeKey rotate(String id, Duration overlap, Cause cause) {
        Token token = Token.again(id, random);
        ApiKey rotated = ledger.change(new OfServer(), cause, changes -> {
            Instant now = clock.instant();
            @Nullable Instant until = overlap.isZero() ? null : now.plus(overlap);
            ApiKey key = get(id).rotated(token.hash(), until, now);
            changes.record(new KeyRotated(key));
            return key;
        });
        return new MadeKey(rotated, token.text());
    }

    /**
     * Takes a key back, at once.
     *
     * @throws StrandlineException {@code api-key-not-found}; {@code last-admin-key} when nobody could make keys any more
     */
    public void revoke(String id, Cause cause) {
        ledger.change(new OfServer(), cause, changes -> {
            refuseLast(get(id));
            changes.record(new KeyRevoked(id));
            return id;
        });
        use.forget(id);
    }

    /** Whether some key may make others now, not counting one. */
    boolean mayStillBeMade(@Nullable ApiKey without) {
        return register.keys().stream().anyMatch(key -> makesKeys(key) && !key.equals(without));
    }

    private void refuseLast(ApiKey key) {
        if (settings.authentication() == Mode.API_KEY && makesKeys(key) && !mayStillBeMade(key)) {
            throw new StrandlineException(
                    ErrorCode.LAST_ADMIN_KEY,
                    "Without " + key.id()
                            + " nobody could make keys; create another key of role ADMIN for all jobs first.");
        }
    }

    private boolean makesKeys(ApiKey key) {
        return key.role() == Role.ADMIN && key.jobs().isEmpty() && key.countsAt(clock.instant());
    }
}
