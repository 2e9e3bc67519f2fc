package io.strandline.config;

import io.strandline.snapshot.signing.Signatures;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The keys that sign versions and those that are trusted, read once at start. */
@Configuration(proxyBeanMethods = false)
class SigningConfiguration {

    @Bean
    Signatures signatures(SigningSettings settings) {
        return Signatures.of(settings.keyFile(), settings.trustedKeys(), settings.policy());
    }
}
