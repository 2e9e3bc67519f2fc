package io.strandline.security.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.web.SecretAnswers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class KeyAnswersTests {

    private final SecretAnswers answers = new KeyAnswers().keysAreToldOnce();

    @ParameterizedTest
    @CsvSource({
        "'', /api/v1/api-keys, true",
        "'', /api/v1/api-keys/sk-1/rotate, true",
        "'', /api/v1/%61pi-keys, true",
        "'', /api/v1/api%2Dkeys/sk-1/rotate, true",
        "/under, /under/api/v1/api-keys, true",
        "'', /api/v1/api-keys-of-others, false",
        "'', /api/v1/jobs, false"
    })
    void keepsNoAnswerWithASecretHoweverItsPathIsWritten(String contextPath, String uri, boolean secret) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", uri);
        request.setContextPath(contextPath);

        assertThat(answers.tellsSecret(request)).isEqualTo(secret);
    }
}
