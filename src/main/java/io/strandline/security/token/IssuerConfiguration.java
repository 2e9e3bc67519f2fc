package io.strandline.security.token;

import io.strandline.security.SecuritySettings;
import io.strandline.security.SecuritySettings.OAuth2;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.web.client.RestOperations;
import org.springframework.web.client.RestTemplate;

/** Finds the issuer's keys when the first token comes: the server starts although the issuer may be down. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "strandline.security.authentication", havingValue = "OAUTH2")
class IssuerConfiguration {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Bean
    TokenAuthenticator tokens(SecuritySettings settings) {
        return tokens(settings.oauth2(), System::nanoTime);
    }

    static TokenAuthenticator tokens(OAuth2 oauth2, LongSupplier nanos) {
        RestOperations client = client(new IssuerAnswers(nanos));
        return new TokenAuthenticator(oauth2, new SupplierJwtDecoder(() -> decoder(oauth2, client)));
    }

    /** Signed with a public key's private half only: a shared secret cannot tell who signed. */
    private static JwtDecoder decoder(OAuth2 oauth2, RestOperations client) {
        String issuer = Objects.requireNonNull(oauth2.issuer(), "strandline.security.oauth2.issuer");
        String keys = oauth2.jwkSetUri();
        NimbusJwtDecoder decoder = keys == null
                ? NimbusJwtDecoder.withIssuerLocation(issuer)
                        .restOperations(client)
                        .build()
                : NimbusJwtDecoder.withJwkSetUri(keys)
                        .jwsAlgorithms(taken -> taken.addAll(Set.of(SignatureAlgorithm.values())))
                        .restOperations(client)
                        .build();
        List<OAuth2TokenValidator<Jwt>> checks = new ArrayList<>();
        checks.add(JwtValidators.createDefaultWithIssuer(issuer));
        String audience = oauth2.audience();
        if (audience != null) {
            checks.add(new JwtClaimValidator<List<String>>(
                    JwtClaimNames.AUD, named -> named != null && named.contains(audience)));
        }
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(checks));
        return decoder;
    }

    private static RestOperations client(IssuerAnswers answers) {
        SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
        requests.setConnectTimeout(PATIENCE);
        requests.setReadTimeout(PATIENCE);
        RestTemplate client = new RestTemplate(requests);
        client.setInterceptors(List.of(answers));
        return client;
    }
}
