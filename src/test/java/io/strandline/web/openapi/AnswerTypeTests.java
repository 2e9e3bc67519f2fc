package io.strandline.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.ServerTests;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** A call that says what it answers with is refused before it changes anything when that is not acceptable. */
class AnswerTypeTests extends ServerTests {

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mapping;

    @Test
    void everyCallThatChangesSomethingSaysWhatItAnswersWith() {
        List<HandlerMethod> silent = mapping.getHandlerMethods().entrySet().stream()
                .filter(call -> call.getKey().getPatternValues().stream().anyMatch(path -> path.startsWith("/api/v1")))
                .filter(call ->
                        !call.getKey().getMethodsCondition().getMethods().contains(RequestMethod.GET))
                .filter(call -> call.getKey().getProducesCondition().isEmpty())
                .map(Map.Entry<RequestMappingInfo, HandlerMethod>::getValue)
                .toList();

        assertThat(silent).isEmpty();
    }
}
