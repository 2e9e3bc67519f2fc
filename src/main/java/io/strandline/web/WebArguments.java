package io.strandline.web;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Lets controllers take {@link PageQuery}, {@link IfMatch}, {@link PreferWait} and {@link Caller} as arguments, and has
 * query parameters refused that they do not take.
 */
@Configuration(proxyBeanMethods = false)
class WebArguments implements WebMvcConfigurer {

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new RequestValueResolver(Map.of(
                PageQuery.class,
                WebArguments::pageQuery,
                IfMatch.class,
                request -> new IfMatch(request.getHeader(HttpHeaders.IF_MATCH)),
                PreferWait.class,
                request -> PreferWait.of(request.getHeader("Prefer")),
                Caller.class,
                Caller::of)));
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new KnownParameters(Set.of(IfMatch.class, PreferWait.class, Caller.class)));
    }

    private static PageQuery pageQuery(HttpServletRequest request) {
        String limit = request.getParameter("limit");
        try {
            int items = limit == null ? PageQuery.DEFAULT_LIMIT : Integer.parseInt(limit);
            return new PageQuery(items, request.getParameter("cursor"));
        } catch (NumberFormatException e) {
            String detail = "limit is not a number; use 1 to " + PageQuery.MAX_LIMIT + ".";
            throw Problem.of(ErrorCode.INVALID_PARAMETER, detail)
                    .withError("?limit", detail)
                    .asException(e);
        }
    }

    /** Makes an argument out of the request, by its type. */
    private record RequestValueResolver(Map<Class<?>, Function<HttpServletRequest, Object>> readers)
            implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return readers.containsKey(parameter.getParameterType());
        }

        @Override
        public @Nullable Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest webRequest,
                @Nullable WebDataBinderFactory binders) {
            Function<HttpServletRequest, Object> reader = readers.get(parameter.getParameterType());
            HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
            if (reader == null || request == null) {
                throw new IllegalStateException("no servlet request for " + parameter);
            }
            return reader.apply(request);
        }
    }
}
