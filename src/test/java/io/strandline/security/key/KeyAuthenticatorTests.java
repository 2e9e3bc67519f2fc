package io.strandline.security.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.catalog.ApiKey;
import io.strandline.catalog.ApiKey.Role;
import io.strandline.catalog.lookup.KeyRegister;
import io.strandline.catalog.work.Documents;
import io.strandline.security.Identity;
import io.strandline.security.RefusedTokenException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyAuthenticatorTests {

    private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

    private final SetClock clock = new SetClock();
    private final Shelf shelf = new Shelf();
    private final Token token = Token.fresh(new Random(5));
    private final List<ApiKey> keys = new ArrayList<>();
    private final KeyAuthenticator authenticator =
            new KeyAuthenticator(new ListedKeys(keys), new KeyUse(shelf, clock), clock);

    @Test
    void knowsTheOwnerOfAKeyWithItsRoleAndJobs() {
        keys.add(key(List.of("flights"), null));

        Identity who = authenticator.identify(token.text());

        assertThat(who.actor()).isEqualTo(token.id());
        assertThat(who.role()).isEqualTo(Role.OPERATOR);
        assertThat(who.jobs().covers("flights")).isTrue();
        assertThat(who.jobs().covers("flights2")).isFalse();
    }

    @Test
    void refusesAKeyFromTheMomentOnWhenItExpires() {
        keys.add(key(List.of(), BEGIN.plusSeconds(60)));
        clock.now = BEGIN.plusSeconds(59);
        authenticator.identify(token.text());
        clock.now = BEGIN.plusSeconds(60);

        assertThatThrownBy(() -> authenticator.identify(token.text()))
                .isInstanceOf(RefusedTokenException.class)
                .hasMessageContaining("expired at 2026-03-01T10:01:00Z");
    }

    @Test
    void takesTheSecretBeforeUntilItsTimeIsUp() {
        Token next = Token.again(token.id(), new Random(6));
        keys.add(key(List.of(), null).rotated(next.hash(), BEGIN.plusSeconds(60), BEGIN));
        authenticator.identify(next.text());
        authenticator.identify(token.text());
        clock.now = BEGIN.plusSeconds(60);

        authenticator.identify(next.text());
        assertThatThrownBy(() -> authenticator.identify(token.text())).isInstanceOf(RefusedTokenException.class);
    }

    @Test
    void saysTheSameOfAnUnknownKeyAndAWrongSecret() {
        keys.add(key(List.of(), BEGIN.minusSeconds(1)));
        String wrong = Token.again(token.id(), new Random(7)).text();
        String unknown = Token.fresh(new Random(8)).text();

        assertThat(refusal(wrong)).isEqualTo(refusal(unknown)).doesNotContain(token.id());
    }

    @Test
    void notesTheUseOfAKeyOnceAMinute() {
        keys.add(key(List.of(), null));
        for (int second = 0; second <= 120; second++) {
            clock.now = BEGIN.plusSeconds(second);
            authenticator.identify(token.text());
        }

        assertThat(shelf.saves).isEqualTo(3);
        assertThat(new KeyUse(shelf, clock).last(token.id())).contains(BEGIN.plusSeconds(120));
    }

    private String refusal(String sent) {
        try {
            return "taken for " + authenticator.identify(sent);
        } catch (RefusedTokenException e) {
            return e.getMessage();
        }
    }

    private ApiKey key(List<String> jobs, @Nullable Instant expiresAt) {
        return new ApiKey(token.id(), "test", Role.OPERATOR, jobs, token.hash(), null, BEGIN, "ada", null, expiresAt);
    }

    private static final class SetClock extends Clock {

        private Instant now = BEGIN;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private record ListedKeys(List<ApiKey> keys) implements KeyRegister {

        @Override
        public Optional<ApiKey> key(String id) {
            return keys.stream().filter(key -> key.id().equals(id)).findFirst();
        }
    }

    /** Documents in a map. */
    private static final class Shelf implements Documents {

        private final Map<String, Document> documents = new ConcurrentHashMap<>();
        private int saves;

        @Override
        public void save(Document document) {
            saves++;
            documents.put(document.kind() + "/" + document.id(), document);
        }

        @Override
        public boolean replace(String expected, Document document) {
            throw new UnsupportedOperationException("not for keys");
        }

        @Override
        public Optional<Document> document(String kind, String id) {
            return Optional.ofNullable(documents.get(kind + "/" + id));
        }

        @Override
        public List<Document> documents(String kind, @Nullable String jobId, @Nullable String beforeId, int limit) {
            throw new UnsupportedOperationException("not for keys");
        }

        @Override
        public int deleteExpired(String kind, Instant at) {
            throw new UnsupportedOperationException("not for keys");
        }
    }
}
