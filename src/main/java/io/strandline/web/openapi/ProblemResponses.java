package io.strandline.web.openapi;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.web.ProblemBody;
import io.strandline.web.Problems;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.method.HandlerMethod;

/** Adds to each operation every problem it can answer with: those it declares and those every such call has. */
@Component
@Order(2)
class ProblemResponses implements OperationCustomizer {

    /** Responses that most operations have, written once; codes in the order of the enum. */
    private static final Map<String, List<ErrorCode>> SHARED = Map.ofEntries(
            Map.entry("Unauthenticated", List.of(ErrorCode.UNAUTHENTICATED)),
            Map.entry(
                    "NotAllowed",
                    List.of(ErrorCode.HOST_NOT_ALLOWED, ErrorCode.ORIGIN_NOT_ALLOWED, ErrorCode.FORBIDDEN)),
            Map.entry("TooManyRequests", List.of(ErrorCode.TOO_MANY_REQUESTS)),
            Map.entry("NotAcceptable", List.of(ErrorCode.NOT_ACCEPTABLE)),
            Map.entry("BodyTooLarge", List.of(ErrorCode.BODY_TOO_LARGE)),
            Map.entry("UnsupportedMediaType", List.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE)),
            Map.entry("UnknownParameter", List.of(ErrorCode.UNKNOWN_PARAMETER)),
            Map.entry("InvalidParameter", List.of(ErrorCode.INVALID_PARAMETER, ErrorCode.UNKNOWN_PARAMETER)),
            Map.entry(
                    "InvalidPage",
                    List.of(ErrorCode.INVALID_PARAMETER, ErrorCode.UNKNOWN_PARAMETER, ErrorCode.INVALID_CURSOR)),
            Map.entry(
                    "InvalidRequest",
                    List.of(
                            ErrorCode.MALFORMED_BODY,
                            ErrorCode.INVALID_BODY,
                            ErrorCode.INVALID_PARAMETER,
                            ErrorCode.UNKNOWN_PARAMETER)),
            Map.entry("Unavailable", List.of(ErrorCode.CATALOG_UNAVAILABLE, ErrorCode.INTERNAL_ERROR)),
            Map.entry("StorageFull", List.of(ErrorCode.STORAGE_FULL)));

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        Map<Integer, List<ErrorCode>> byStatus = codes(operation, method).stream()
                .collect(Collectors.groupingBy(ErrorCode::status, TreeMap::new, Collectors.toList()));
        ApiResponses responses = new ApiResponses();
        operation.getResponses().entrySet().stream()
                .filter(response -> response.getKey().compareTo("400") < 0)
                .sorted(Map.Entry.comparingByKey())
                .forEach(response -> responses.addApiResponse(response.getKey(), response.getValue()));
        byStatus.forEach((status, codes) -> responses.addApiResponse(Integer.toString(status), sharedOrOwn(codes)));
        operation.setResponses(responses);
        return operation;
    }

    private static Set<ErrorCode> codes(Operation operation, HandlerMethod method) {
        Set<ErrorCode> codes = EnumSet.of(
                ErrorCode.UNKNOWN_PARAMETER,
                ErrorCode.HOST_NOT_ALLOWED,
                ErrorCode.ORIGIN_NOT_ALLOWED,
                ErrorCode.UNAUTHENTICATED,
                ErrorCode.FORBIDDEN,
                ErrorCode.TOO_MANY_REQUESTS,
                ErrorCode.NOT_ACCEPTABLE,
                ErrorCode.INTERNAL_ERROR,
                ErrorCode.CATALOG_UNAVAILABLE);
        if (operation.getParameters() != null && !operation.getParameters().isEmpty()) {
            codes.add(ErrorCode.INVALID_PARAMETER);
            if (operation.getParameters().stream().anyMatch(p -> "cursor".equals(p.getName()))) {
                codes.add(ErrorCode.INVALID_CURSOR);
            }
        }
        if (operation.getRequestBody() != null) {
            codes.addAll(List.of(
                    ErrorCode.MALFORMED_BODY,
                    ErrorCode.INVALID_BODY,
                    ErrorCode.BODY_TOO_LARGE,
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE));
        }
        if (method.hasMethodAnnotation(PostMapping.class)) {
            codes.addAll(List.of(ErrorCode.IDEMPOTENCY_KEY_IN_USE, ErrorCode.IDEMPOTENCY_KEY_REUSED));
        }
        addDeclared(codes, method.getMethodAnnotation(Problems.class));
        addDeclared(codes, AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), Problems.class));
        return codes;
    }

    private static void addDeclared(Set<ErrorCode> codes, @Nullable Problems declared) {
        if (declared != null) {
            codes.addAll(Arrays.asList(declared.value()));
        }
    }

    private static ApiResponse sharedOrOwn(List<ErrorCode> codes) {
        return SHARED.entrySet().stream()
                .filter(shared -> shared.getValue().equals(codes))
                .map(shared -> new ApiResponse().$ref("#/components/responses/" + shared.getKey()))
                .findAny()
                .orElseGet(() -> response(codes));
    }

    /** The responses that operations share. */
    static Map<String, ApiResponse> shared() {
        Map<String, ApiResponse> responses = new TreeMap<>();
        SHARED.forEach((name, codes) -> responses.put(name, response(codes)));
        return responses;
    }

    private static ApiResponse response(List<ErrorCode> codes) {
        MediaType media = new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"));
        List<String> meanings = new ArrayList<>();
        for (ErrorCode code : codes) {
            meanings.add("`" + code.wireName() + "`: " + code.title());
            media.addExamples(code.wireName(), new Example().$ref("#/components/examples/" + code.wireName()));
        }
        return new ApiResponse()
                .description(String.join("; ", meanings))
                .content(new Content().addMediaType("application/problem+json", media));
    }

    /** The examples that the responses point to, one for each code. */
    static Map<String, Example> examples() {
        Map<String, Example> examples = new TreeMap<>();
        for (ErrorCode code : ErrorCode.values()) {
            examples.put(code.wireName(), new Example().summary(code.title()).value(example(code)));
        }
        return examples;
    }

    private static Map<String, Object> example(ErrorCode code) {
        ProblemBody body = ProblemBody.of(Problem.of(code, code.title() + ". " + code.wayOut()), null, null);
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("type", body.type());
        example.put("title", body.title());
        example.put("status", body.status());
        example.put("detail", body.detail());
        example.put("code", body.code());
        example.put("retryable", body.retryable());
        return example;
    }
}
