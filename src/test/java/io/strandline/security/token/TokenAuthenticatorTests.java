package io.strandline.security.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.strandline.catalog.ApiKey.Role;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.security.Identity;
import io.strandline.security.RefusedTokenException;
import io.strandline.security.SecuritySettings.OAuth2;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tokens of an issuer that runs here. */
class TokenAuthenticatorTests {

    private static LocalIssuer issuer;
    private static TokenAuthenticator tokens;

    @BeforeAll
    static void start() throws IOException, JOSEException {
        issuer = new LocalIssuer();
        tokens = authenticator("roles", null);
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @Test
    void knowsACallerByASignedToken() throws JOSEException {
        String token = issuer.signed(issuer.claims("ann")
                .claim("roles", List.of("else", "strandline-operator"))
                .build());

        assertThat(tokens.understands(token)).isTrue();
        Identity who = tokens.identify(token);
        assertThat(who.actor()).isEqualTo("oauth2:ann");
        assertThat(who.role()).isEqualTo(Role.OPERATOR);
        assertThat(who.jobs().isEverything()).isTrue();
    }

    @Test
    void takesTheHighestRole() throws JOSEException {
        assertThat(tokens.identify(issuer.signed(issuer.claims("ann")
                                .claim("roles", "strandline-viewer strandline-admin")
                                .build()))
                        .role())
                .isEqualTo(Role.ADMIN);
    }

    @Test
    void readsRolesOutOfNestedClaimsAndJobsOutOfTheirs() throws JOSEException {
        TokenAuthenticator nested = authenticator("realm_access.roles", "jobs");
        JWTClaimsSet claims = issuer.claims("ann")
                .claim("realm_access", Map.of("roles", List.of("strandline-viewer")))
                .claim("jobs", List.of("flights", "billing-*"))
                .build();

        Identity who = nested.identify(issuer.signed(claims));

        assertThat(who.role()).isEqualTo(Role.VIEWER);
        assertThat(who.jobs().covers("billing-2026")).isTrue();
        assertThat(who.jobs().covers("fraud")).isFalse();
    }

    @Test
    void refusesATokenForNoJobRatherThanTakeItForAll() throws JOSEException {
        TokenAuthenticator scoped = authenticator("roles", "jobs");
        String token = issuer.signed(
                issuer.claims("ann").claim("roles", "strandline-admin").build());

        assertForbidden(() -> scoped.identify(token));
    }

    @Test
    void refusesATokenWithoutARole() throws JOSEException {
        String token = issuer.signed(
                issuer.claims("ann").claim("roles", "nothing-here").build());

        assertForbidden(() -> tokens.identify(token));
    }

    @Test
    void refusesWhatTheIssuerDidNotSign() throws JOSEException {
        JWTClaimsSet claims =
                issuer.claims("ann").claim("roles", "strandline-admin").build();

        assertRefused(issuer.forged(claims));
        assertRefused(issuer.confused(claims));
        assertRefused(new PlainJWT(claims).serialize() + "e30");
    }

    @Test
    void refusesExpiredTokensAndThoseOfAnotherIssuerOrForAnotherAudience() throws JOSEException {
        assertRefused(issuer.signed(issuer.claims("ann")
                .claim("roles", "strandline-admin")
                .expirationTime(Date.from(Instant.now().minus(Duration.ofMinutes(5))))
                .build()));
        assertRefused(issuer.signed(issuer.claims("ann")
                .claim("roles", "strandline-admin")
                .issuer("https://elsewhere.example")
                .build()));
        assertRefused(issuer.signed(issuer.claims("ann")
                .claim("roles", "strandline-admin")
                .audience("another-service")
                .build()));
    }

    @Test
    void writesNamesSoThatTheyAreNoOthers() throws JOSEException {
        String token = issuer.signed(issuer.claims("sk-a\n<b>" + "x".repeat(200))
                .claim("roles", "strandline-viewer")
                .build());

        assertThat(tokens.identify(token).actor())
                .startsWith("oauth2:sk-a__b_xx")
                .hasSize("oauth2:".length() + 100);
        assertThat(actor("jörg"))
                .startsWith("oauth2:j_rg~")
                .isNotEqualTo(actor("järg"))
                .isEqualTo(actor("jörg"));
    }

    private static String actor(String subject) throws JOSEException {
        JWTClaimsSet claims =
                issuer.claims(subject).claim("roles", "strandline-viewer").build();
        return tokens.identify(issuer.signed(claims)).actor();
    }

    @Test
    void saysThatItCannotTellWhileTheIssuerIsDown() throws Exception {
        TokenAuthenticator cut;
        String token;
        try (LocalIssuer gone = new LocalIssuer()) {
            cut = authenticator(gone, "roles", null, System::nanoTime);
            token = gone.signed(
                    gone.claims("ann").claim("roles", "strandline-admin").build());
        }

        assertUnavailable(cut, token);
    }

    @Test
    void asksTheIssuerOnceForAFloodOfUnknownKeys() throws Exception {
        try (LocalIssuer flooded = new LocalIssuer()) {
            AtomicLong nanos = new AtomicLong();
            TokenAuthenticator patient = authenticator(flooded, "roles", null, nanos::get);
            JWTClaimsSet claims =
                    flooded.claims("ann").claim("roles", "strandline-viewer").build();
            patient.identify(flooded.signed(claims));
            int calls = flooded.calls();

            for (int i = 0; i < 100; i++) {
                assertRefused(patient, flooded.strange(claims, "made-up-" + i));
            }
            assertThat(flooded.calls()).isEqualTo(calls);
            nanos.addAndGet(IssuerAnswers.FRESH.toNanos());
            for (int i = 0; i < 100; i++) {
                assertRefused(patient, flooded.strange(claims, "made-up-" + i));
            }

            assertThat(flooded.calls()).isEqualTo(calls + 1);
        }
    }

    @Test
    void knowsAKeyThatTheIssuerChangedToAfterASecondLook() throws Exception {
        try (LocalIssuer changing = new LocalIssuer()) {
            AtomicLong nanos = new AtomicLong();
            TokenAuthenticator patient = authenticator(changing, "roles", null, nanos::get);
            JWTClaimsSet claims =
                    changing.claims("ann").claim("roles", "strandline-viewer").build();
            patient.identify(changing.signed(claims));
            changing.rotate("next");
            String token = changing.signed(claims);
            assertRefused(patient, token);

            nanos.addAndGet(IssuerAnswers.FRESH.toNanos());

            assertThat(patient.identify(token).actor()).isEqualTo("oauth2:ann");
        }
    }

    @Test
    void bridgesAnOutageWithTheKeysItKnowsAndAsksADeadIssuerSeldom() throws Exception {
        try (LocalIssuer failing = new LocalIssuer()) {
            AtomicLong nanos = new AtomicLong();
            TokenAuthenticator patient = authenticator(failing, "roles", null, nanos::get);
            JWTClaimsSet claims =
                    failing.claims("ann").claim("roles", "strandline-viewer").build();
            failing.setDown(true);
            assertUnavailable(patient, failing.signed(claims));
            int calls = failing.calls();
            for (int i = 0; i < 100; i++) {
                assertUnavailable(patient, failing.signed(claims));
            }
            assertThat(failing.calls()).isEqualTo(calls);
            failing.setDown(false);
            nanos.addAndGet(IssuerAnswers.FRESH.toNanos());
            patient.identify(failing.signed(claims));

            failing.setDown(true);
            nanos.addAndGet(IssuerAnswers.FRESH.toNanos());
            assertRefused(patient, failing.strange(claims, "made-up"));
            patient.identify(failing.signed(claims));
            nanos.addAndGet(IssuerAnswers.BRIDGED.toNanos());

            assertUnavailable(patient, failing.strange(claims, "made-up"));
        }
    }

    private static void assertUnavailable(TokenAuthenticator cut, String token) {
        assertThatThrownBy(() -> cut.identify(token))
                .isInstanceOfSatisfying(
                        StrandlineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    private static void assertRefused(TokenAuthenticator by, String token) {
        assertThatThrownBy(() -> by.identify(token)).isInstanceOf(RefusedTokenException.class);
    }

    private static void assertRefused(String token) {
        assertThatThrownBy(() -> tokens.identify(token)).isInstanceOf(RefusedTokenException.class);
    }

    private static void assertForbidden(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StrandlineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN));
    }

    private static TokenAuthenticator authenticator(String roles, @Nullable String jobs) {
        return authenticator(issuer, roles, jobs, System::nanoTime);
    }

    private static TokenAuthenticator authenticator(
            LocalIssuer of, String roles, @Nullable String jobs, LongSupplier nanos) {
        OAuth2 oauth2 = new OAuth2(
                of.url(),
                null,
                "strandline",
                "sub",
                roles,
                "strandline-viewer",
                "strandline-operator",
                "strandline-admin",
                jobs);
        return IssuerConfiguration.tokens(oauth2, nanos);
    }
}
