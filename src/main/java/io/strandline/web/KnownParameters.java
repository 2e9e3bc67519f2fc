package io.strandline.web;

import io.strandline.expression.NearestName;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** Refuses query parameters that a call does not know: a misspelt filter must not show everything. */
final class KnownParameters implements HandlerInterceptor {

    private static final String OURS = "io.strandline.";

    private final Set<Class<?>> readFromHeaders;
    private final Map<Method, Set<String>> names = new ConcurrentHashMap<>();

    /** For controllers that may take arguments of these types, which no parameter is bound to. */
    KnownParameters(Set<Class<?>> readFromHeaders) {
        this.readFromHeaders = Set.copyOf(readFromHeaders);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String query = request.getQueryString();
        // an error page is handed the query of the request that failed
        if (query != null
                && request.getDispatcherType() == DispatcherType.REQUEST
                && handler instanceof HandlerMethod method
                && method.getBeanType().getName().startsWith(OURS)) {
            Set<String> known = names.computeIfAbsent(method.getMethod(), any -> names(method));
            for (String name : UriComponentsBuilder.newInstance()
                    .query(query)
                    .build()
                    .getQueryParams()
                    .keySet()) {
                refuseUnknown(UriUtils.decode(name, StandardCharsets.UTF_8), known);
            }
        }
        return true;
    }

    private static void refuseUnknown(String name, Set<String> known) {
        if (known.contains(name)) {
            return;
        }
        String takes = known.isEmpty() ? "this call takes none" : "this call takes " + String.join(", ", known);
        String detail = "There is no query parameter '" + name + "'; " + takes
                + NearestName.of(name, known)
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse(".");
        throw Problem.of(ErrorCode.UNKNOWN_PARAMETER, detail)
                .withError("?" + name, detail)
                .asException();
    }

    private Set<String> names(HandlerMethod method) {
        Set<String> names = new TreeSet<>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            RequestParam annotated = parameter.getParameterAnnotation(RequestParam.class);
            if (annotated != null) {
                names.add(annotated.name().isEmpty() ? nameOf(parameter) : annotated.name());
            } else if (isBoundToTheQuery(parameter)) {
                RecordComponent[] components = parameter.getParameterType().getRecordComponents();
                Arrays.stream(components).map(RecordComponent::getName).forEach(names::add);
            }
        }
        return names;
    }

    /** A record that is neither body, header nor path: its components are parameters, as those of {@link PageQuery}. */
    private boolean isBoundToTheQuery(MethodParameter parameter) {
        return parameter.getParameterType().isRecord()
                && !readFromHeaders.contains(parameter.getParameterType())
                && !has(parameter, RequestBody.class)
                && !has(parameter, PathVariable.class)
                && !has(parameter, RequestHeader.class);
    }

    private static boolean has(MethodParameter parameter, Class<? extends Annotation> annotation) {
        return parameter.hasParameterAnnotation(annotation);
    }

    private static String nameOf(MethodParameter parameter) {
        @Nullable String name = parameter.getParameter().getName();
        return name == null ? "" : name;
    }
}
