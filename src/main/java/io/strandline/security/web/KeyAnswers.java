package io.strandline.security.web;

import io.strandline.security.key.ApiKeys;
import io.strandline.web.EffectAnswer;
import io.strandline.web.SecretAnswers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;

/** How requests that made a secret are answered again: with the key as it is now, without the secret. */
@Configuration(proxyBeanMethods = false)
class KeyAnswers {

    @Bean
    SecretAnswers keysAreToldOnce() {
        return request -> request.getRequestURI().startsWith(ApiKeyController.PATH);
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
