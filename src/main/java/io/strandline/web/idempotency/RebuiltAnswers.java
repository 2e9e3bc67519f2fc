package io.strandline.web.idempotency;

import io.strandline.catalog.work.Effect;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.web.EffectAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers a repetition from what the first request changed, by what the rooms say of their changes. */
@Component
final class RebuiltAnswers {

    private final Map<String, EffectAnswer> byAction;
    private final JsonMapper json;

    RebuiltAnswers(List<EffectAnswer> answers, JsonMapper json) {
        this.byAction = answers.stream().collect(Collectors.toMap(EffectAnswer::action, Function.identity()));
        this.json = json;
    }

    /**
     * The answer to a request with these effects.
     *
     * @throws StrandlineException what a look at the thing says, such as that it is gone meanwhile
     */
    StoredResponse of(List<Effect> effects) {
        Effect first = effects.get(0);
        EffectAnswer answer = byAction.get(first.action());
        if (answer == null) {
            throw new StrandlineException(
                    ErrorCode.CONFLICT,
                    "The first request with this key had its effect (" + first.action() + " of " + first.subject()
                            + ") and its answer was lost; look at the thing, and use a new key for another request.");
        }
        ResponseEntity<?> entity = answer.answer().apply(effects);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
        entity.getHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        return new StoredResponse(entity.getStatusCode().value(), headers, json.writeValueAsString(entity.getBody()));
    }
}
