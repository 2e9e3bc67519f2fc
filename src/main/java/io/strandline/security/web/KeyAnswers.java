package io.strandline.security.web;

import io.strandline.security.key.ApiKeys;
import io.strandline.web.EffectAnswer;
import io.strandline.web.SecretAnswers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.RequestPath;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** How requests that made a secret are answered again: with the key as it is now, without the secret. */
@Configuration(proxyBeanMethods = false)
class KeyAnswers {

    private static final PathPattern KEYS = PathPatternParser.defaultInstance.parse(ApiKeyController.PATH + "/**");

    @Bean
    SecretAnswers keysAreToldOnce() {
        // as controllers are found: by decoded segments behind the context's path
        return request -> KEYS.matches(RequestPath.parse(request.getRequestURI(), request.getContextPath())
                .pathWithinApplication());
    }

    @Bean
    EffectAnswer createdKey(ApiKeys keys) {
        return new EffectAnswer(
                "key-created",
                effects -> ApiKeyController.created(
                        ApiKeyResponse.of(keys.get(effects.get(0).id()), null, null)));
    }

    @Bean
    EffectAnswer rotatedKey(ApiKeys keys) {
        return new EffectAnswer(
                "key-rotated",
                effects -> ResponseEntity.ok(
                        ApiKeyResponse.of(keys.get(effects.get(0).id()), null, null)));
    }
}
