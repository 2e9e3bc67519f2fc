package io.strandline.security.key;

import io.strandline.catalog.ApiKey;
import io.strandline.catalog.ApiKey.Previous;
import io.strandline.catalog.lookup.KeyRegister;
import io.strandline.security.Authenticator;
import io.strandline.security.Identity;
import io.strandline.security.RefusedTokenException;
import io.strandline.web.JobScope;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Knows callers by their API keys. Each request asks the register, so that a revoked key counts no more at once. */
@Component
final class KeyAuthenticator implements Authenticator {

    private final KeyRegister register;
    private final KeyUse use;
    private final Clock clock;

    KeyAuthenticator(KeyRegister register, KeyUse use, Clock clock) {
        this.register = register;
        this.use = use;
        this.clock = clock;
    }

    @Override
    public boolean understands(String token) {
        return Token.parse(token).isPresent();
    }

    @Override
    public Identity identify(String text) {
        Instant now = clock.instant();
        Token token = Token.parse(text).orElseThrow(() -> new RefusedTokenException("It is not an API key."));
        // one answer for an id that is not there and a secret that is not right: who guesses learns nothing
        ApiKey key = register.key(token.id())
                .filter(found -> isOf(token, found, now))
                .orElseThrow(() -> new RefusedTokenException("The API key is unknown, or was revoked."));
        if (!key.countsAt(now)) {
            throw new RefusedTokenException("The API key " + key.id() + " expired at " + key.expiresAt() + ".");
        }
        use.used(key.id());
        return new Identity(key.id(), key.role(), new JobScope(key.jobs()));
    }

    private static boolean isOf(Token token, ApiKey key, Instant now) {
        Previous previous = key.previous();
        return token.hasHash(key.secret())
                || previous != null && now.isBefore(previous.until()) && token.hasHash(previous.secret());
    }
}
