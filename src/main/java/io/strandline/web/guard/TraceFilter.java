package io.strandline.web.guard;

import io.strandline.web.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives each request an id: the client's, if well-formed, or a new one; it is logged, answered and audited. */
@Component
@Order(DoorOrder.TRACE)
class TraceFilter extends OncePerRequestFilter {

    static final String MDC_KEY = "traceId";

    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final Supplier<String> ids;

    @Autowired
    TraceFilter() {
        this(() -> UUID.randomUUID().toString());
    }

    TraceFilter(Supplier<String> ids) {
        this.ids = ids;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = wellFormed(request.getHeader(Caller.REQUEST_ID_HEADER));
        Caller.assignRequestId(request, id);
        response.setHeader(Caller.REQUEST_ID_HEADER, id);
        MDC.put(MDC_KEY, id);
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(MDC_KEY);
        }
    }

    private String wellFormed(@Nullable String sent) {
        return sent != null && WELL_FORMED.matcher(sent).matches() ? sent : ids.get();
    }
}
